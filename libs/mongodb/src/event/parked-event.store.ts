import { type ParkedEvent, type ParkedEventStore } from '@earlybird/core';
import { type Model } from 'mongoose';
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
}
