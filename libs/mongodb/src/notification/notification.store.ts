import {
  AppError,
  type AttemptFinish,
  type AttemptStart,
  type Creation,
  type Lane,
  type Notification,
  type NotificationStore,
  type StatusChange,
  isLostInfrastructure,
} from '@earlybird/core';
import { type mongo } from 'mongoose';
import { collectionNames } from '../connection/collection-names.js';
import { isDuplicateKey } from '../connection/database-error.js';
import { type MongoConnection } from '../connection/mongo-connection.js';
import { newWriteToken } from '../connection/write-token.js';
import { type ConditionalWrite } from './conditional-write.js';
import { finishWrite, isFinishedBy, withoutMessageId } from './finish-write.js';
import { lateAnswerWrite } from './late-answer-write.js';
import { toNotification, toStoredNotification } from './notification.mapper.js';
import { startWrite } from './start-write.js';
import { statusWrite } from './status-write.js';
import { type StoredNotification } from './stored-notification.js';

/** How notifications are kept. */
export interface NotificationStoreOptions {
  /** Days from creation to deletion. */
  readonly retentionDays: number;
}

/** Notifications in `notifications_log`. Every write is one conditional write to one document. */
export class MongoNotificationStore implements NotificationStore {
  /** Finishes whose reply was lost, with the token they were written under: perhaps they are stored. */
  private readonly doubtful = new WeakMap<AttemptFinish, string>();

  constructor(
    private readonly connection: MongoConnection,
    private readonly options: NotificationStoreOptions,
  ) {}

  create(notification: Notification): Promise<Creation> {
    return this.run('create', async () => {
      try {
        await this.log.insertOne(toStoredNotification(notification, this.options.retentionDays));
        return { kind: 'created' };
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        return { kind: 'exists', notification: await this.holderOf(notification) };
      }
    });
  }

  find(id: string): Promise<Notification | undefined> {
    return this.run('find', async () => {
      const stored = await this.log.findOne({ _id: id });
      return stored === null ? undefined : toNotification(stored);
    });
  }

  startAttempt(start: AttemptStart): Promise<Notification | undefined> {
    const { filter, update } = startWrite(start, newWriteToken());
    return this.run('startAttempt', async () => {
      const stored = await this.log.findOneAndUpdate(filter, update, { returnDocument: 'after' });
      return stored === null ? undefined : toNotification(stored);
    });
  }

  /**
   * A finish that is repeated (the same object) because the reply to its first write was lost is told true when that write
   * is the one stored.
   */
  async finishAttempt(finish: AttemptFinish): Promise<boolean> {
    const doubted = this.doubtful.get(finish);
    this.doubtful.delete(finish);
    const token = doubted ?? newWriteToken();
    try {
      return await this.run('finishAttempt', async () => {
        if (await this.writeFinish(finish, token)) return true;
        return doubted !== undefined && (await this.isStored(finish.id, token));
      });
    } catch (error) {
      if (isLostInfrastructure(error)) this.doubtful.set(finish, token);
      throw error;
    }
  }

  recordLateAnswer(id: string, number: number, providerMessageId: string, at: Date): Promise<boolean> {
    return this.run('recordLateAnswer', () => this.write(lateAnswerWrite(id, number, providerMessageId, at)));
  }

  changeStatus(change: StatusChange): Promise<boolean> {
    return this.run('changeStatus', () => this.write(statusWrite(change)));
  }

  findWaking(now: Date, limit: number, lanes: readonly Lane[]): Promise<readonly Notification[]> {
    return this.run('findWaking', async () => {
      const stored = await this.log
        .find({ wakeAt: { $lte: now }, lane: { $in: [...lanes] } })
        .sort({ wakeAt: 1 })
        .limit(limit)
        .toArray();
      return stored.map(toNotification);
    });
  }

  claimWaking(id: string, seen: Date, next: Date): Promise<boolean> {
    return this.run('claimWaking', () =>
      this.write({ filter: { _id: id, wakeAt: seen }, update: { $set: { wakeAt: next }, $inc: { sweeps: 1 } } }),
    );
  }

  private async holderOf({ id, idempotencyKey }: Notification): Promise<Notification> {
    const holder = await this.log.findOne({ idempotencyKey });
    if (holder !== null) return toNotification(holder);
    throw new AppError('invariant_broken', `${id} cannot be created: its id belongs to another notification`);
  }

  private async write({ filter, update }: ConditionalWrite<StoredNotification>): Promise<boolean> {
    const { matchedCount } = await this.log.updateOne(filter, update);
    return matchedCount === 1;
  }

  /** An outcome in hand is stored in any case: a message id that another notification has already stays out of it. */
  private async writeFinish(finish: AttemptFinish, token: string): Promise<boolean> {
    try {
      return await this.write(finishWrite(finish, token));
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      return this.write(finishWrite(withoutMessageId(finish), token));
    }
  }

  private async isStored(id: string, token: string): Promise<boolean> {
    const stored = await this.log.findOne({ _id: id }, { projection: { attempts: 1 } });
    return stored !== null && isFinishedBy(stored, token);
  }

  private run<Result>(step: string, work: () => Promise<Result>): Promise<Result> {
    return this.connection.run(`${step} on ${collectionNames.notifications}`, work);
  }

  private get log(): mongo.Collection<StoredNotification> {
    return this.connection.collection(collectionNames.notifications);
  }
}
