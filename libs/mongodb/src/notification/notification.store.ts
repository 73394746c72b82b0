import {
  type AttemptFinish,
  type AttemptStart,
  type Creation,
  type Lane,
  type Notification,
  type NotificationStore,
  type StatusChange,
} from '@earlybird/core';
import { type mongo } from 'mongoose';
import { collectionNames } from '../connection/collection-names.js';
import { type MongoConnection } from '../connection/mongo-connection.js';
import { newWriteToken } from '../connection/write-token.js';
import { Grouped } from '../group/grouped.js';
import { type RepeatableRun, orItemByItem } from '../group/item-by-item.js';
import { type ConditionalWrite } from './conditional-write.js';
import { createGroup } from './create-group.js';
import { findGroup } from './find-group.js';
import { type TokenFinish, finishGroup } from './finish-group.js';
import { lateAnswerWrite } from './late-answer-write.js';
import { toNotification, toStoredNotification } from './notification.mapper.js';
import { type TokenStart, startGroup } from './start-group.js';
import { statusWrite } from './status-write.js';
import { type StoredNotification } from './stored-notification.js';

/** How notifications are kept. */
export interface NotificationStoreOptions {
  /** Days from creation to deletion. */
  readonly retentionDays: number;
}

/**
 * Notifications in `notifications_log`. Every write is one conditional write to one document; what concurrent envelopes
 * create, find, start and finish at the same time shares a round trip.
 */
export class MongoNotificationStore implements NotificationStore {
  /** One at a time: copies of one event in this process meet in a group and never in two, which some engines take for a deadlock. */
  private readonly creations = this.grouped<StoredNotification, Creation>('create', createGroup, 1);
  private readonly finds = this.grouped<string, Notification | undefined>('find', findGroup);
  private readonly starts = this.grouped<TokenStart, Notification | undefined>('startAttempt', startGroup);
  private readonly finishes = this.grouped<TokenFinish, boolean>('finishAttempt', finishGroup);

  constructor(
    private readonly connection: MongoConnection,
    private readonly options: NotificationStoreOptions,
  ) {}

  create(notification: Notification): Promise<Creation> {
    return this.creations.do(toStoredNotification(notification, this.options.retentionDays));
  }

  find(id: string): Promise<Notification | undefined> {
    return this.finds.do(id);
  }

  findByKey(idempotencyKey: string): Promise<Notification | undefined> {
    return this.run('findByKey', async () => {
      const stored = await this.log.findOne({ idempotencyKey });
      return stored === null ? undefined : toNotification(stored);
    });
  }

  startAttempt(start: AttemptStart): Promise<Notification | undefined> {
    return this.starts.do({ start, token: newWriteToken() });
  }

  finishAttempt(finish: AttemptFinish): Promise<boolean> {
    return this.finishes.do({ finish, token: newWriteToken() });
  }

  recordLateAnswer(id: string, number: number, providerMessageId: string, at: Date): Promise<boolean> {
    return this.write('recordLateAnswer', lateAnswerWrite(id, number, providerMessageId, at));
  }

  changeStatus(change: StatusChange): Promise<boolean> {
    return this.write('changeStatus', statusWrite(change));
  }

  findWaking(now: Date, limit: number, lanes: readonly Lane[]): Promise<readonly Notification[]> {
    return this.run('findWaking', async () => {
      // The index holds only what has a `wakeAt`; not every engine infers `$exists` from `$lte`.
      const stored = await this.log
        .find({ wakeAt: { $exists: true, $lte: now }, lane: { $in: [...lanes] } })
        .sort({ wakeAt: 1 })
        .limit(limit)
        .toArray();
      return stored.map(toNotification);
    });
  }

  claimWaking(id: string, seen: Date, next: Date): Promise<boolean> {
    const update = { $set: { wakeAt: next }, $inc: { sweeps: 1 } };
    return this.write('claimWaking', { filter: { _id: id, wakeAt: seen }, update });
  }

  private write(step: string, { filter, update }: ConditionalWrite<StoredNotification>): Promise<boolean> {
    return this.run(step, async () => {
      const { matchedCount } = await this.log.updateOne(filter, update);
      return matchedCount === 1;
    });
  }

  private grouped<Item, Result>(
    step: string,
    group: (
      log: mongo.Collection<StoredNotification>,
      ...parts: Parameters<RepeatableRun<Item, Result>>
    ) => ReturnType<RepeatableRun<Item, Result>>,
    mostGroups?: number,
  ): Grouped<Item, Result> {
    const run: RepeatableRun<Item, Result> = (...parts) => this.run(step, () => group(this.log, ...parts));
    return new Grouped((items) => orItemByItem(run, items), mostGroups);
  }

  private run<Result>(step: string, work: () => Promise<Result>): Promise<Result> {
    return this.connection.run(`${step} on ${collectionNames.notifications}`, work);
  }

  private get log(): mongo.Collection<StoredNotification> {
    return this.connection.collection(collectionNames.notifications);
  }
}
