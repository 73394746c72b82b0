import { type OrphanList, type OrphanQuery, type Receipt } from '@earlybird/core';
import { type mongo } from 'mongoose';
import { collectionNames } from '../connection/collection-names.js';
import { type MongoConnection } from '../connection/mongo-connection.js';
import { type StoredOrphan } from './orphaned-receipt.schema.js';
import { orphanLifeMs } from './receipt.store.js';

/** The receipts of `receipts_orphaned`. They are kept equally long, so that the order of their end is that of their coming. */
export class MongoOrphanList implements OrphanList {
  constructor(private readonly connection: MongoConnection) {}

  list({ providerMessageId, before, limit }: OrphanQuery): Promise<readonly Receipt[]> {
    const filter = {
      ...(providerMessageId === undefined ? {} : { providerMessageId: { $eq: providerMessageId } }),
      ...(before === undefined ? {} : { expireAt: { $lt: new Date(before.getTime() + orphanLifeMs) } }),
    };
    return this.connection.run(`list ${collectionNames.orphanedReceipts}`, async () => {
      const stored = await this.orphans.find(filter).sort({ expireAt: -1 }).limit(limit).toArray();
      return stored.map(({ _id, expireAt: _expireAt, ...receipt }) => receipt);
    });
  }

  private get orphans(): mongo.Collection<StoredOrphan> {
    return this.connection.collection(collectionNames.orphanedReceipts);
  }
}
