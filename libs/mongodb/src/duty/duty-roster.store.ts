import { type Duty, type DutyRoster } from '@earlybird/core';
import { type mongo } from 'mongoose';
import { collectionNames } from '../connection/collection-names.js';
import { isDuplicateKey } from '../connection/database-error.js';
import { type MongoConnection } from '../connection/mongo-connection.js';

/** One document of `duties`: who has a duty, until when. */
interface StoredDuty {
  readonly _id: Duty;
  readonly holder: string;
  readonly until: Date;
}

/** Which worker has which duty, in `duties`: one document each, found by its id. */
export class MongoDutyRoster implements DutyRoster {
  constructor(private readonly connection: MongoConnection) {}

  take(duty: Duty, holder: string, until: Date, now: Date): Promise<boolean> {
    // A time that is more than twice as far off as one that begins now was set before somebody set the clock back.
    const tooFar = new Date(2 * until.getTime() - now.getTime());
    const free = { _id: duty, $or: [{ until: { $lte: now } }, { until: { $gt: tooFar } }, { holder }] };
    return this.connection.run(`take ${duty}`, async () => {
      try {
        await this.duties.updateOne(free, { $set: { holder, until } }, { upsert: true });
        return true;
      } catch (error) {
        // The document is there and its time is not over: somebody has it.
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    });
  }

  leave(duty: Duty, holder: string): Promise<void> {
    return this.connection.run(`leave ${duty}`, async () => {
      await this.duties.deleteOne({ _id: duty, holder });
    });
  }

  private get duties(): mongo.Collection<StoredDuty> {
    return this.connection.collection(collectionNames.duties);
  }
}
