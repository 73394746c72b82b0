import { type ParkedEvent, type ParkedEventQuery, type ParkedEventStore } from '@earlybird/core';
import { type Model, type mongo } from 'mongoose';
import { collectionNames } from '../connection/collection-names.js';
import { isDuplicateKey } from '../connection/database-error.js';
import { type MongoConnection } from '../connection/mongo-connection.js';
import { type StoredParkedEvent, parkedEventSchema } from './parked-event.schema.js';

const dayMs = 24 * 3_600_000;

/** The record of parked events in `envelopes_parked`. */
export class MongoParkedEventStore implements ParkedEventStore {
  private readonly parked: Model<StoredParkedEvent>;

  /** `retentionDays`: from the last parking to deletion. */
  constructor(
    private readonly connection: MongoConnection,
    private readonly options: { readonly retentionDays: number },
  ) {
    this.parked = connection.model(collectionNames.parkedEvents, parkedEventSchema);
  }

  record(event: ParkedEvent): Promise<void> {
    const { id, ...rest } = event;
    const expireAt = new Date(event.parkedAt.getTime() + this.options.retentionDays * dayMs);
    const replace = () => this.parked.replaceOne({ _id: id }, { _id: id, ...rest, expireAt }, { upsert: true });
    return this.connection.run(`record in ${collectionNames.parkedEvents}`, async () => {
      try {
        await replace();
      } catch (error) {
        // Two upserts at once: the record is there now.
        if (!isDuplicateKey(error)) throw error;
        await replace();
      }
    });
  }

  /** The conditions on settling and cause walk the index of `parkedAt`: parked events are few. */
  list({ settled, reason, publisher, after, limit }: ParkedEventQuery): Promise<readonly ParkedEvent[]> {
    const filter = {
      parkedAt: after === undefined ? { $gt: new Date(0) } : { $lte: after.parkedAt },
      settled: { $exists: settled },
      ...(reason === undefined ? {} : { reason: { $eq: reason as ParkedEvent['reason'] } }),
      ...(publisher === undefined ? {} : { publisher: { $eq: publisher } }),
      ...(after === undefined ? {} : { $or: behind(after) }),
    };
    return this.connection.run(`list ${collectionNames.parkedEvents}`, async () => {
      const stored = await this.events.find(filter).sort({ parkedAt: -1, _id: -1 }).limit(limit).toArray();
      return stored.map(toParkedEvent);
    });
  }

  findAll(ids: readonly string[]): Promise<readonly ParkedEvent[]> {
    return this.connection.run(`find in ${collectionNames.parkedEvents}`, async () => {
      const stored = await this.events.find({ _id: { $in: [...ids] } }).toArray();
      return stored.map(toParkedEvent);
    });
  }

  settle(id: string, parkedAt: Date, settled: NonNullable<ParkedEvent['settled']>): Promise<boolean> {
    const open = { _id: { $eq: id }, parkedAt, settled: { $exists: false } };
    const $set = settled.how === 'purged' ? { settled, body: '' } : { settled };
    return this.connection.run(`settle in ${collectionNames.parkedEvents}`, async () => {
      const { matchedCount } = await this.events.updateOne(open, { $set });
      return matchedCount === 1;
    });
  }

  private get events(): mongo.Collection<StoredParkedEvent> {
    return this.connection.collection(collectionNames.parkedEvents);
  }
}

function behind({ parkedAt, id }: Pick<ParkedEvent, 'parkedAt' | 'id'>) {
  return [{ parkedAt: { $lt: parkedAt } }, { parkedAt, _id: { $lt: id } }];
}

function toParkedEvent({ _id, expireAt: _expireAt, ...event }: StoredParkedEvent): ParkedEvent {
  return { id: _id, ...event };
}
