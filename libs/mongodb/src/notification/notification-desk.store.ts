import {
  type AdminAction,
  type DeskChange,
  dismissed,
  type MessageType,
  type NotificationDesk,
  type ResendClaim,
  type Resolution,
  undoubtedStatuses,
} from '@earlybird/core';
import { type mongo } from 'mongoose';
import { collectionNames } from '../connection/collection-names.js';
import { type MongoConnection } from '../connection/mongo-connection.js';
import { type StoredNotification } from './stored-notification.js';

/** What people do to the notifications of `notifications_log`. */
export class MongoNotificationDesk implements NotificationDesk {
  constructor(private readonly connection: MongoConnection) {}

  async changeStatus({ id, from, to, reason, at, action, resolved }: DeskChange): Promise<boolean> {
    const given = {
      ...(reason === undefined ? {} : { statusReason: reason }),
      ...(resolved === undefined ? {} : { resolved }),
    };
    const cleared = ['nextAttemptAt', 'dueAt', 'wakeAt', ...(reason === undefined ? ['statusReason'] : [])];
    const update = {
      $set: { status: to, updatedAt: at, ...given },
      $unset: Object.fromEntries(cleared.map((field) => [field, '' as const])),
      $min: { [`statusTimes.${to}`]: at },
      ...recorded(action),
    };
    return (await this.write('change status', { _id: id, status: { $in: [...from] } }, update)) === 1;
  }

  async claimResend({ id, from, resentAs, action, resolved }: ResendClaim): Promise<boolean> {
    const filter = { _id: id, status: { $in: [...from] }, resentAs: { $exists: false } };
    const $set = { resentAs, resolved, updatedAt: action.at };
    return (await this.write('claim resend', filter, { $set, ...recorded(action) })) === 1;
  }

  dismiss(ids: readonly string[], resolved: Resolution, action: AdminAction): Promise<number> {
    const open = { status: { $in: ['failed', 'unknown'] as const }, resolved: { $exists: false } };
    const $set = { resolved, updatedAt: action.at };
    return this.writeAll('dismiss', ids, open, { $set, ...recorded(action) });
  }

  restore(ids: readonly string[], action: AdminAction): Promise<number> {
    const update = { $unset: { resolved: '' }, $set: { updatedAt: action.at }, ...recorded(action) } as const;
    return this.writeAll('restore', ids, { 'resolved.how': dismissed }, update);
  }

  release(ids: readonly string[], wakeAt: Date, action: AdminAction): Promise<number> {
    const $set = { nextAttemptAt: action.at, wakeAt, updatedAt: action.at };
    return this.writeAll('release', ids, { status: 'retrying' }, { $set, ...recorded(action) });
  }

  wake(messageType: MessageType, reason: string, at: Date): Promise<number> {
    return this.connection.run(`wake in ${collectionNames.notifications}`, async () => {
      const waiting = { status: 'scheduled', messageType, statusReason: reason } as const;
      const { matchedCount } = await this.log.updateMany(waiting, { $set: { dueAt: at, wakeAt: at, updatedAt: at } });
      return matchedCount;
    });
  }

  findSettled(ids: readonly string[]): Promise<readonly string[]> {
    if (ids.length === 0) return Promise.resolve([]);
    const settled = [{ resolved: { $exists: true } }, { status: { $in: [...undoubtedStatuses] } }];
    return this.connection.run(`find settled in ${collectionNames.notifications}`, async () => {
      const found = this.log.find({ _id: { $in: [...ids] }, $or: settled }, { projection: { _id: 1 } });
      return (await found.toArray()).map(({ _id }) => _id);
    });
  }

  private async writeAll(
    step: string,
    ids: readonly string[],
    condition: mongo.Filter<StoredNotification>,
    update: mongo.UpdateFilter<StoredNotification>,
  ): Promise<number> {
    if (ids.length === 0) return 0;
    return this.connection.run(`${step} in ${collectionNames.notifications}`, async () => {
      const { matchedCount } = await this.log.updateMany({ _id: { $in: [...ids] }, ...condition }, update);
      return matchedCount;
    });
  }

  private write(
    step: string,
    filter: mongo.Filter<StoredNotification>,
    update: mongo.UpdateFilter<StoredNotification>,
  ): Promise<number> {
    return this.connection.run(`${step} in ${collectionNames.notifications}`, async () => {
      const { matchedCount } = await this.log.updateOne(filter, update);
      return matchedCount;
    });
  }

  private get log(): mongo.Collection<StoredNotification> {
    return this.connection.collection(collectionNames.notifications);
  }
}

/** More deeds than this on one notification are no history any more; the oldest go first. */
const mostActions = 100;

function recorded(action: AdminAction) {
  return { $push: { adminActions: { $each: [action], $slice: -mostActions } } };
}
