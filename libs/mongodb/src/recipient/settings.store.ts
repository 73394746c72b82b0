import {
  type Clock,
  type NumberSettings,
  type PersonSettings,
  type Recipient,
  type RecipientSettings,
  type SettingsStore,
} from '@earlybird/core';
import { type Model, type mongo, type UpdateQuery } from 'mongoose';
import { type CollectionName, collectionNames } from '../connection/collection-names.js';
import { isDuplicateKey } from '../connection/database-error.js';
import { type MongoConnection } from '../connection/mongo-connection.js';
import { Grouped } from '../group/grouped.js';
import { findNumbers, findPersonsByPhone, findPersonsByUser } from './find-settings.js';
import { numberSettingsSchema } from './number-settings.schema.js';
import { RecentLookups } from './recent-lookups.js';

/** Settings of persons in `notification_settings` and of numbers in `phone_settings`, remembered for 5 s. */
export class MongoSettingsStore implements SettingsStore {
  private readonly numbers: Model<NumberSettings>;
  private readonly personsByUser: RecentLookups<PersonSettings>;
  private readonly personsByPhone: RecentLookups<PersonSettings>;
  private readonly numbersByPhone: RecentLookups<NumberSettings>;

  constructor(
    private readonly connection: MongoConnection,
    clock: Pick<Clock, 'steadyMs'>,
  ) {
    this.numbers = connection.model(collectionNames.numberSettings, numberSettingsSchema);
    const byUser = this.grouped(collectionNames.personSettings, findPersonsByUser);
    const byPhone = this.grouped(collectionNames.personSettings, findPersonsByPhone);
    const ofNumber = this.grouped(collectionNames.numberSettings, findNumbers);
    this.personsByUser = new RecentLookups((userId) => byUser.do(userId), clock);
    this.personsByPhone = new RecentLookups((phone) => byPhone.do(phone), clock);
    this.numbersByPhone = new RecentLookups((phone) => ofNumber.do(phone), clock);
  }

  /** The person by user id, else by phone; the number by phone. */
  async find({ userId, phone }: Recipient): Promise<RecipientSettings> {
    // All three at once: a wait for the first would cost every event a round trip, and hardly anybody has settings.
    const [byUser, byPhone, number] = await Promise.all([
      userId === undefined ? undefined : this.personsByUser.get(userId),
      phone === undefined ? undefined : this.personsByPhone.get(phone),
      phone === undefined ? undefined : this.numbersByPhone.get(phone),
    ]);
    const person = byUser ?? byPhone;
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

  /** What many ask at the same time is one query. */
  private grouped<Settings extends object>(
    name: CollectionName,
    find: (
      collection: mongo.Collection<Settings>,
      keys: readonly string[],
    ) => Promise<readonly (Settings | undefined)[]>,
  ): Grouped<string, Settings | undefined> {
    return new Grouped((keys) =>
      this.connection.run(`find in ${name}`, () => find(this.connection.collection<Settings>(name), keys)),
    );
  }
}
