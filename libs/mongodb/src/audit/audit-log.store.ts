import { type AuditEntry, type AuditLog, type AuditQuery } from '@earlybird/core';
import { type mongo } from 'mongoose';
import { collectionNames } from '../connection/collection-names.js';
import { type MongoConnection } from '../connection/mongo-connection.js';

/** The record of admin actions in `audit_log` (data.md). */
export class MongoAuditLog implements AuditLog {
  constructor(private readonly connection: MongoConnection) {}

  record(entry: AuditEntry): Promise<void> {
    return this.run('record', async () => {
      await this.log.insertOne({ ...entry });
    });
  }

  list({ action, by, before, limit }: AuditQuery): Promise<readonly AuditEntry[]> {
    const filter = {
      ...(action === undefined ? {} : { action: { $eq: action } }),
      ...(by === undefined ? {} : { by: { $eq: by } }),
      ...(before === undefined ? {} : { at: { $lt: before } }),
    };
    return this.run('list', async () => {
      const stored = await this.log
        .find(filter, { projection: { _id: 0 } })
        .sort({ at: -1 })
        .limit(limit)
        .toArray();
      return stored.map(({ at, by: who, action: what, subject, details }) => ({
        at,
        by: who,
        action: what,
        subject,
        ...(details === undefined ? {} : { details }),
      }));
    });
  }

  private run<Result>(step: string, work: () => Promise<Result>): Promise<Result> {
    return this.connection.run(`${step} in ${collectionNames.audit}`, work);
  }

  private get log(): mongo.Collection<AuditEntry> {
    return this.connection.collection(collectionNames.audit);
  }
}
