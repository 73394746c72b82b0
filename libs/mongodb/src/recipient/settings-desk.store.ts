import { type NumberSettings, type NumberWish, type PersonSettings, type SettingsDesk } from '@earlybird/core';
import { type mongo } from 'mongoose';
import { collectionNames } from '../connection/collection-names.js';
import { isDuplicateKey } from '../connection/database-error.js';
import { type MongoConnection } from '../connection/mongo-connection.js';

/** Settings of persons and numbers as people read and write them: straight from the database, nothing remembered. */
export class MongoSettingsDesk implements SettingsDesk {
  constructor(private readonly connection: MongoConnection) {}

  findPerson(userId: string): Promise<PersonSettings | undefined> {
    return this.run('find person', async () => {
      const stored = await this.persons.findOne({ userId: { $eq: userId } }, withoutId);
      return stored ?? undefined;
    });
  }

  savePerson(settings: PersonSettings): Promise<void> {
    const { userId } = settings;
    return this.run('save person', () =>
      twiceOnDuplicate(async () => {
        await this.persons.replaceOne({ userId: { $eq: userId } }, { ...settings }, { upsert: true });
      }),
    );
  }

  findNumber(phone: string): Promise<NumberSettings | undefined> {
    return this.run('find number', async () => {
      const stored = await this.numbers.findOne({ phone: { $eq: phone } }, withoutId);
      return stored ?? undefined;
    });
  }

  saveNumber({ phone, ...wish }: NumberWish): Promise<NumberSettings> {
    const cleared = (['marketingOptOut', 'suppressed'] as const).filter((field) => wish[field] === undefined);
    const update = {
      $set: { phone, ...wish },
      ...(cleared.length === 0 ? {} : { $unset: Object.fromEntries(cleared.map((field) => [field, '' as const])) }),
    };
    return this.run('save number', () =>
      twiceOnDuplicate(async () => {
        const options = { ...withoutId, upsert: true, returnDocument: 'after' } as const;
        const saved = await this.numbers.findOneAndUpdate({ phone: { $eq: phone } }, update, options);
        return saved ?? { phone };
      }),
    );
  }

  private run<Result>(step: string, work: () => Promise<Result>): Promise<Result> {
    return this.connection.run(`${step} at the settings desk`, work);
  }

  private get persons(): mongo.Collection<PersonSettings> {
    return this.connection.collection(collectionNames.personSettings);
  }

  private get numbers(): mongo.Collection<NumberSettings> {
    return this.connection.collection(collectionNames.numberSettings);
  }
}

const withoutId = { projection: { _id: 0 } } as const;

/** Two upserts of the same at once: the other one has made the document, so this one changes it. */
async function twiceOnDuplicate<Result>(write: () => Promise<Result>): Promise<Result> {
  try {
    return await write();
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    return write();
  }
}
