import {
  type Clock,
  type NumberSettings,
  type PersonSettings,
  type Recipient,
  type RecipientSettings,
  type SettingsStore,
} from '@earlybird/core';
import { type Model, type UpdateQuery } from 'mongoose';
import { collectionNames } from '../connection/collection-names.js';
import { isDuplicateKey } from '../connection/database-error.js';
import { type MongoConnection } from '../connection/mongo-connection.js';
import { numberSettingsSchema } from './number-settings.schema.js';
import { personSettingsSchema } from './person-settings.schema.js';
import { RecentLookups } from './recent-lookups.js';

type Stored<Settings> = Settings & { readonly _id: unknown };

/** Settings of persons in `notification_settings` and of numbers in `phone_settings`, remembered for 5 s. */
export class MongoSettingsStore implements SettingsStore {
  private readonly persons: Model<PersonSettings>;
  private readonly numbers: Model<NumberSettings>;
  private readonly personsByUser: RecentLookups<PersonSettings>;
  private readonly personsByPhone: RecentLookups<PersonSettings>;
  private readonly numbersByPhone: RecentLookups<NumberSettings>;

  constructor(
    private readonly connection: MongoConnection,
    clock: Pick<Clock, 'now'>,
  ) {
    this.persons = connection.model(collectionNames.personSettings, personSettingsSchema);
    this.numbers = connection.model(collectionNames.numberSettings, numberSettingsSchema);
    this.personsByUser = new RecentLookups((userId) => this.loadPerson({ userId }), clock);
    this.personsByPhone = new RecentLookups((phone) => this.loadPerson({ phone }), clock);
    this.numbersByPhone = new RecentLookups((phone) => this.loadNumber(phone), clock);
  }

  /** The person by user id, else by phone; the number by phone. */
  async find({ userId, phone }: Recipient): Promise<RecipientSettings> {
    const [byUser, number] = await Promise.all([
      userId === undefined ? undefined : this.personsByUser.get(userId),
      phone === undefined ? undefined : this.numbersByPhone.get(phone),
    ]);
    const person = byUser ?? (phone === undefined ? undefined : await this.personsByPhone.get(phone));
    return { ...(person === undefined ? {} : { person }), ...(number === undefined ? {} : { number }) };
  }

  suppressNumber(phone: string, reason: string, at: Date, until: Date): Promise<void> {
    return this.change('suppress number', phone, { $set: { suppressed: { reason, at, until } } });
  }

  /** An older wish never displaces a newer one: replies of one customer may be handled in any order. */
  recordMarketingWish(
    phone: string,
    { granted, at, source }: { readonly granted: boolean; readonly at: Date; readonly source: string },
  ): Promise<void> {
    const wish = { at, source };
    const update = granted
      ? { $set: { marketingConsent: wish }, $unset: { marketingOptOut: '' } }
      : { $set: { marketingOptOut: wish }, $unset: { marketingConsent: '' } };
    const newer = [{ 'marketingOptOut.at': { $gt: at } }, { 'marketingConsent.at': { $gt: at } }];
    return this.change('record marketing wish', phone, update, { $nor: newer });
  }

  recordInbound(phone: string, at: Date): Promise<void> {
    return this.change('record inbound', phone, { $max: { lastInboundAt: at } });
  }

  /** Makes sure that the number is on record, then changes it where `condition` holds. */
  private async change(
    step: string,
    phone: string,
    update: UpdateQuery<NumberSettings>,
    condition: { readonly $nor?: Record<string, unknown>[] } = {},
  ): Promise<void> {
    await this.connection.run(`${step} in ${collectionNames.numberSettings}`, async () => {
      try {
        await this.numbers.updateOne({ phone }, { $setOnInsert: { phone } }, { upsert: true });
      } catch (error) {
        // Two upserts at once: the other one has put it on record.
        if (!isDuplicateKey(error)) throw error;
      }
      await this.numbers.updateOne({ phone, ...condition }, update);
    });
    this.numbersByPhone.forget(phone);
  }

  private loadPerson(
    by: { readonly userId: string } | { readonly phone: string },
  ): Promise<PersonSettings | undefined> {
    return this.connection.run(`find in ${collectionNames.personSettings}`, async () => {
      // Of several persons at one phone the one who came last.
      const stored = await this.persons.findOne(by).sort({ _id: -1 }).lean<Stored<PersonSettings>>();
      return withoutId(stored);
    });
  }

  private loadNumber(phone: string): Promise<NumberSettings | undefined> {
    return this.connection.run(`find in ${collectionNames.numberSettings}`, async () => {
      const stored = await this.numbers.findOne({ phone }).lean<Stored<NumberSettings>>();
      return withoutId(stored);
    });
  }
}

function withoutId<Settings>(stored: Stored<Settings> | null): Settings | undefined {
  if (stored === null) return undefined;
  const { _id, ...settings } = stored;
  return settings as unknown as Settings;
}
