import { createHash } from 'node:crypto';
import { type Kept, type ProviderState, type ProviderStateStore, type RateBook, type KeptValue } from '@earlybird/core';
import { type mongo } from 'mongoose';
import { collectionNames } from '../connection/collection-names.js';
import { isDuplicateKey } from '../connection/database-error.js';
import { type MongoConnection } from '../connection/mongo-connection.js';

/** One shared value in `provider_state`. `revision` counts its changes, from 1. */
interface StoredValue<Value> {
  readonly _id: string;
  readonly revision: number;
  readonly value: Value;
}

/** What all workers know about the provider, for one sender number: two documents, each found by its `_id`. */
export class MongoProviderStateStore implements ProviderStateStore {
  readonly breaker: KeptValue<ProviderState>;
  readonly rate: KeptValue<RateBook>;

  /** `sender` names the number; only its digest is stored, because in one wire contract it belongs to the credentials. */
  constructor(connection: MongoConnection, sender: string) {
    const digest = createHash('sha256').update(sender).digest('hex').slice(0, digestLength);
    this.breaker = new MongoKeptValue(connection, `breaker ${digest}`);
    this.rate = new MongoKeptValue(connection, `rate ${digest}`);
  }
}

/** Enough to tell the few numbers of a company apart. */
const digestLength = 16;

class MongoKeptValue<Value extends ProviderState | RateBook> implements KeptValue<Value> {
  constructor(
    private readonly connection: MongoConnection,
    private readonly id: string,
  ) {}

  read(): Promise<Kept<Value> | undefined> {
    return this.connection.run(`read ${this.id}`, async () => {
      const stored = await this.values.findOne({ _id: this.id });
      return stored === null ? undefined : { value: stored.value, revision: stored.revision };
    });
  }

  replace(seen: number, value: Value): Promise<boolean> {
    return this.connection.run(`replace ${this.id}`, () =>
      seen === 0 ? this.insert(value) : this.update(seen, value),
    );
  }

  private async insert(value: Value): Promise<boolean> {
    try {
      await this.values.insertOne({ _id: this.id, revision: 1, value });
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  private async update(seen: number, value: Value): Promise<boolean> {
    const change = { $set: { value, revision: seen + 1 } };
    const { matchedCount } = await this.values.updateOne({ _id: this.id, revision: seen }, change);
    return matchedCount === 1;
  }

  private get values(): mongo.Collection<StoredValue<Value>> {
    return this.connection.collection(collectionNames.providerState);
  }
}
