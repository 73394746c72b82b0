import {
  type CandidateFilter,
  type DeliveryStatus,
  type ReplayLog,
  type ReplayPlace,
  type StatusCounts,
} from '@earlybird/core';
import { type mongo } from 'mongoose';
import { collectionNames } from '../connection/collection-names.js';
import { type MongoConnection } from '../connection/mongo-connection.js';
import { type StoredNotification } from '../notification/stored-notification.js';

/** The notifications of `notifications_log` as a replay sees them. */
export class MongoReplayLog implements ReplayLog {
  constructor(private readonly connection: MongoConnection) {}

  candidates(filter: CandidateFilter, after: ReplayPlace | undefined, limit: number): Promise<readonly ReplayPlace[]> {
    return this.run('find candidates of a replay', async () => {
      const found = await this.log
        .find(conditionsOf(filter, after), { projection: { createdAt: 1 } })
        .sort({ createdAt: 1, _id: 1 })
        .limit(limit)
        .toArray();
      return found.map(({ _id: id, createdAt }) => ({ id, createdAt }));
    });
  }

  countCandidates(filter: CandidateFilter): Promise<number> {
    return this.run('count candidates of a replay', () => this.log.countDocuments(conditionsOf(filter, undefined)));
  }

  statusesOf(replayId: string): Promise<StatusCounts> {
    return this.counted([{ $match: madeBy(replayId) }]);
  }

  latestOf(replayId: string, statuses: readonly DeliveryStatus[], most: number): Promise<StatusCounts> {
    const $match = { ...madeBy(replayId), status: { $in: [...statuses] } };
    return this.counted([{ $match }, { $sort: { createdAt: -1 } }, { $limit: most }]);
  }

  private counted(chosen: readonly mongo.Document[]): Promise<StatusCounts> {
    const pipeline = [...chosen, { $group: { _id: '$status', count: { $sum: 1 } } }];
    return this.run('count the resends of a replay', async () => {
      const groups = await this.log.aggregate<{ _id: DeliveryStatus; count: number }>(pipeline).toArray();
      return Object.fromEntries(groups.map(({ _id, count }) => [_id, count]));
    });
  }

  private run<Result>(step: string, work: () => Promise<Result>): Promise<Result> {
    return this.connection.run(`${step} in ${collectionNames.notifications}`, work);
  }

  private get log(): mongo.Collection<StoredNotification> {
    return this.connection.collection(collectionNames.notifications);
  }
}

/** Not every engine infers `$exists`, on which the index rests, from an equality. */
function madeBy(replayId: string): mongo.Filter<StoredNotification> {
  return { replay: { $eq: replayId, $exists: true } };
}

function conditionsOf(
  { status, from, to, messageType, phone }: CandidateFilter,
  after: ReplayPlace | undefined,
): mongo.Filter<StoredNotification> {
  return {
    [`statusTimes.${status}`]: { $exists: true },
    createdAt: { $gte: after?.createdAt ?? from, $lt: to },
    ...(messageType === undefined ? {} : { messageType: { $eq: messageType } }),
    ...(phone === undefined ? {} : { 'recipient.phone': { $eq: phone } }),
    ...(after === undefined ? {} : { $or: [{ createdAt: { $gt: after.createdAt } }, { _id: { $gt: after.id } }] }),
  };
}
