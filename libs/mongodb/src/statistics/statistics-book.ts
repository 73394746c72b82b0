import {
  boundsOfDay,
  type Clock,
  type DayCounts,
  dayOf,
  daysBetween,
  type DeliveryStatus,
  type MessageType,
  type PeriodCounts,
  type StatisticsBook,
  type StatusCounts,
} from '@earlybird/core';
import { type mongo } from 'mongoose';
import { collectionNames } from '../connection/collection-names.js';
import { isDuplicateKey } from '../connection/database-error.js';
import { type MongoConnection } from '../connection/mongo-connection.js';
import { type StoredNotification } from '../notification/stored-notification.js';
import { isSettled, type StoredDay } from './stored-day.js';

const dayMs = 86_400_000;
/** A day that still changes is counted anew when its figures are this old: half of what the answer may be. */
const freshMs = 30_000;
/** The index on the time. Some engines guess a day to be a quarter of the log, and read all of it. */
const newestFirst = { createdAt: -1, _id: -1 } as const;
/** Counting reads a whole day: a few at a time leave the database to the senders. */
const countedAtOnce = 2;

/**
 * Figures by day, in `statistics_daily`: counted from the log, never incremented, and counted anew for the days that a
 * change of status has marked. So a month is one small query and the few days that live.
 */
export class MongoStatisticsBook implements StatisticsBook {
  constructor(
    private readonly connection: MongoConnection,
    private readonly options: { readonly clock: Pick<Clock, 'now'>; readonly retentionDays: number },
  ) {}

  countSince(from: Date): Promise<PeriodCounts> {
    return this.connection.run(`count in ${collectionNames.statistics}`, async () => {
      const now = this.options.clock.now();
      const [first = dayOf(from), ...rest] = daysBetween(from, now);
      const whole = boundsOfDay(first).from.getTime() === from.getTime() ? [first, ...rest] : rest;
      const stored = await this.wholeDays(whole, now);
      const partial = whole.length === rest.length ? [await this.count(first, from)] : [];
      const oldest = stored.map(({ asOf }) => asOf.getTime());
      const days = [...partial, ...stored.map(({ counts }) => counts)];
      return {
        asOf: new Date(Math.min(now.getTime(), ...oldest)),
        days: days.filter(({ byType }) => Object.keys(byType).length > 0),
      };
    });
  }

  private async wholeDays(
    days: readonly string[],
    now: Date,
  ): Promise<readonly { readonly counts: DayCounts; readonly asOf: Date }[]> {
    const stored = await this.days.find({ _id: { $in: [...days] } }).toArray();
    const known = new Map(stored.map((one) => [one._id, one]));
    const fresh = new Map<string, DayCounts>();
    const stale = days.filter((day) => !isFresh(known.get(day), now));
    for (let start = 0; start < stale.length; start += countedAtOnce) {
      const counted = stale.slice(start, start + countedAtOnce).map((day) => this.recount(day, now));
      for (const counts of await Promise.all(counted)) fresh.set(counts.day, counts);
    }
    return days.map((day) => {
      const recounted = fresh.get(day);
      if (recounted !== undefined) return { counts: recounted, asOf: now };
      const { byType = {}, computedAt = now, ...one } = known.get(day) ?? { _id: day, expireAt: now };
      return { counts: { day, byType }, asOf: isSettled({ ...one, computedAt }) ? now : computedAt };
    });
  }

  /** What a later counting has stored is not displaced. */
  private async recount(day: string, computedAt: Date): Promise<DayCounts> {
    const counts = await this.count(day);
    const expireAt = new Date(boundsOfDay(day).to.getTime() + (this.options.retentionDays + 1) * dayMs);
    const earlier = { $or: [{ computedAt: { $exists: false } }, { computedAt: { $lt: computedAt } }] };
    const update = { $set: { computedAt, byType: counts.byType }, $setOnInsert: { expireAt } };
    await this.days.updateOne({ _id: day, ...earlier }, update, { upsert: true }).catch((error: unknown) => {
      if (!isDuplicateKey(error)) throw error;
    });
    return counts;
  }

  private async count(day: string, since?: Date): Promise<DayCounts> {
    const { from, to } = boundsOfDay(day);
    const groups = this.log.aggregate<Group>(
      [
        { $match: { createdAt: { $gte: since ?? from, $lt: to } } },
        // Whole documents would be sorted for the grouping, on disk.
        { $project: { _id: 0, messageType: 1, status: 1 } },
        { $group: { _id: { messageType: '$messageType', status: '$status' }, count: { $sum: 1 } } },
      ],
      { hint: newestFirst },
    );
    const byType: Partial<Record<MessageType, StatusCounts>> = {};
    for (const { _id, count } of await groups.toArray())
      byType[_id.messageType] = { ...byType[_id.messageType], [_id.status]: count };
    return { day, byType };
  }

  private get log(): mongo.Collection<StoredNotification> {
    return this.connection.collection(collectionNames.notifications);
  }

  private get days(): mongo.Collection<StoredDay> {
    return this.connection.collection(collectionNames.statistics);
  }
}

interface Group {
  readonly _id: { readonly messageType: MessageType; readonly status: DeliveryStatus };
  readonly count: number;
}

function isFresh(day: StoredDay | undefined, now: Date): boolean {
  if (day?.computedAt === undefined) return false;
  return isSettled(day) || now.getTime() - day.computedAt.getTime() < freshMs;
}
