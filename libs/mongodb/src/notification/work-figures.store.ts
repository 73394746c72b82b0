import { attemptsExhausted, type ProviderState } from '@earlybird/core';
import { type mongo } from 'mongoose';
import { collectionNames } from '../connection/collection-names.js';
import { type MongoConnection } from '../connection/mongo-connection.js';
import { type MongoNotificationHistory, type StatusCount } from './notification-history.store.js';
import { type StoredNotification } from './stored-notification.js';

/** The work that is not done yet, in figures, for whoever looks after the service. */
export interface StoredWorkFigures {
  readonly waiting: readonly StatusCount[];
  /** Notifications whose envelope has counted as lost for longer than a sweep takes to come round. */
  readonly overdue: { readonly count: number; readonly oldestAt?: Date };
  /** Failures with an envelope in the dead-letter queue that nobody has resolved. */
  readonly parked: number;
  /** Why nothing is sent, while that is so. */
  readonly halted?: { readonly reason: string; readonly since: Date };
}

/** Everything that is not final. */
const openStatuses = ['scheduled', 'queued', 'sending', 'retrying', 'unknown'] as const;
/** The sweeper comes every minute and takes 500; who waits longer than ten rounds is passed over. */
const overdueMs = 10 * 60_000;
/** The envelope of these lies in the dead-letter queue: parked by us, or by the broker and adopted. */
const parkedReasons = [attemptsExhausted, 'poison'];

/** Reads the figures that tell whether the work flows; each question has an index. For a person's command, not for a timer. */
export class MongoWorkFigures {
  constructor(
    private readonly connection: MongoConnection,
    private readonly history: Pick<MongoNotificationHistory, 'countByStatus'>,
  ) {}

  async read(now: Date): Promise<StoredWorkFigures> {
    const [waiting, overdue, parked, halted] = await Promise.all([
      this.history.countByStatus(openStatuses),
      this.overdue(new Date(now.getTime() - overdueMs)),
      this.parked(),
      this.halted(),
    ]);
    return { waiting, overdue, parked, ...(halted === undefined ? {} : { halted }) };
  }

  private overdue(before: Date): Promise<StoredWorkFigures['overdue']> {
    return this.connection.run(`count overdue in ${collectionNames.notifications}`, async () => {
      const found = await this.log
        .aggregate<{
          count: number;
          oldestAt: Date;
        }>([
          { $match: { wakeAt: { $exists: true, $lt: before } } },
          { $group: { _id: null, count: { $sum: 1 }, oldestAt: { $min: '$wakeAt' } } },
        ])
        .toArray();
      const { count, oldestAt } = found[0] ?? { count: 0 };
      return { count, ...(oldestAt === undefined ? {} : { oldestAt }) };
    });
  }

  private parked(): Promise<number> {
    return this.connection.run(`count parked in ${collectionNames.notifications}`, () =>
      this.log.countDocuments({
        status: 'failed',
        statusReason: { $in: parkedReasons },
        resolved: { $exists: false },
      }),
    );
  }

  private halted(): Promise<StoredWorkFigures['halted']> {
    return this.connection.run(`find halts in ${collectionNames.providerState}`, async () => {
      const states = this.connection.collection<{ _id: string; value: ProviderState }>(collectionNames.providerState);
      const one = await states.findOne({ _id: /^breaker /, 'value.kind': { $ne: 'closed' } });
      if (one === null || one.value.kind === 'closed') return undefined;
      const { cause, since } = one.value;
      return { reason: cause.reason, since };
    });
  }

  private get log(): mongo.Collection<StoredNotification> {
    return this.connection.collection(collectionNames.notifications);
  }
}
