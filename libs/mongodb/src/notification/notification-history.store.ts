import {
  type Clock,
  type DeliveryStatus,
  type HistoryFilter,
  type HistoryPage,
  type Notification,
  type NotificationHistory,
} from '@earlybird/core';
import { type Model } from 'mongoose';
import { collectionNames } from '../connection/collection-names.js';
import { type MongoConnection } from '../connection/mongo-connection.js';
import { type Stretch, conditionsOf, within } from './history-filter.js';
import { toNotification } from './notification.mapper.js';
import { notificationSchema } from './notification.schema.js';
import { type StoredNotification } from './stored-notification.js';
import { wideningWindows } from './widening-windows.js';

/** How many notifications stand in a status, and since when the oldest of them exists. */
export interface StatusCount {
  readonly status: DeliveryStatus;
  readonly count: number;
  readonly oldestAt: Date;
}

const newestFirst = { createdAt: -1, _id: -1 } as const;

/** Questions about many notifications of `notifications_log`, each answered by an index. */
export class MongoNotificationHistory implements NotificationHistory {
  private readonly log: Model<StoredNotification>;

  constructor(
    private readonly connection: MongoConnection,
    private readonly clock: Pick<Clock, 'now'>,
  ) {
    this.log = connection.model(collectionNames.notifications, notificationSchema);
  }

  search(filter: HistoryFilter, page: HistoryPage): Promise<readonly Notification[]> {
    return this.run('search', async () => {
      const conditions = conditionsOf(filter);
      const found: StoredNotification[] = [];
      let skip = page.skip ?? 0;
      for (const stretch of stretchesOf(filter, page, this.clock.now())) {
        const where = within(conditions, stretch, page.after);
        const wanted = page.limit - found.length;
        const some = await this.log.find(where).sort(newestFirst).skip(skip).limit(wanted).lean<StoredNotification[]>();
        found.push(...some);
        if (found.length === page.limit) break;
        // Whatever of `skip` this stretch did not use up goes on in the next, older one.
        if (skip > 0) skip = some.length > 0 ? 0 : skip - (await this.log.countDocuments(where, { limit: skip }));
      }
      return found.map(toNotification);
    });
  }

  /** How many stand in each of `statuses`, for gauges; a status in which none stands is left out. */
  countByStatus(statuses: readonly DeliveryStatus[]): Promise<readonly StatusCount[]> {
    return this.run('count by status', () =>
      this.log.aggregate<StatusCount>([
        { $match: { status: { $in: [...statuses] } } },
        { $group: { _id: '$status', count: { $sum: 1 }, oldestAt: { $min: '$createdAt' } } },
        { $project: { _id: 0, status: '$_id', count: 1, oldestAt: 1 } },
      ]),
    );
  }

  private run<Result>(step: string, work: () => Promise<Result>): Promise<Result> {
    return this.connection.run(`${step} in ${collectionNames.notifications}`, work);
  }
}

/** What belongs to one person or one business action is little: it is read at once. Anything else window by window, the newest first. */
function* stretchesOf(filter: HistoryFilter, { after }: HistoryPage, now: Date): Generator<Stretch> {
  const { phone, userId, eventId, referenceId, correlationId, from, to } = filter;
  if ([phone, userId, eventId, referenceId, correlationId].some((value) => value !== undefined)) {
    yield { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
    return;
  }
  const newest = earliest(after?.createdAt, to) ?? now;
  for (const window of wideningWindows(newest, from)) {
    // The newest window ends where the filter does.
    yield window.to === undefined && to !== undefined ? { ...window, to } : window;
  }
}

function earliest(...instants: readonly (Date | undefined)[]): Date | undefined {
  const given = instants.filter((instant) => instant !== undefined);
  return given.length === 0 ? undefined : new Date(Math.min(...given.map((instant) => instant.getTime())));
}
