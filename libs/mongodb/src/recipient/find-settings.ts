import { type NumberSettings, type PersonSettings } from '@earlybird/core';
import { type mongo } from 'mongoose';

/** Finds what is on record under many keys, in their order, in one round trip. */
type Find<Settings extends object> = (
  collection: mongo.Collection<Settings>,
  keys: readonly string[],
) => Promise<readonly (Settings | undefined)[]>;

/** Persons by user id. */
export const findPersonsByUser: Find<PersonSettings> = async (persons, userIds) => {
  const found = await persons.find({ userId: { $in: distinct(userIds) } }).toArray();
  const byUser = new Map(found.map((stored) => [stored.userId, withoutId(stored)]));
  return userIds.map((userId) => byUser.get(userId));
};

/** Persons by phone; of several at one phone the one who came last. */
export const findPersonsByPhone: Find<PersonSettings> = async (persons, phones) => {
  const conditions = { phone: { $in: distinct(phones) } };
  const found = await persons.find(conditions).sort({ _id: 1 }).toArray();
  const byPhone = new Map(found.map((stored) => [stored.phone, withoutId(stored)]));
  return phones.map((phone) => byPhone.get(phone));
};

/** Numbers by phone. */
export const findNumbers: Find<NumberSettings> = async (numbers, phones) => {
  const found = await numbers.find({ phone: { $in: distinct(phones) } }).toArray();
  const byPhone = new Map(found.map((stored) => [stored.phone, withoutId(stored)]));
  return phones.map((phone) => byPhone.get(phone));
};

function distinct(keys: readonly string[]): string[] {
  return [...new Set(keys)];
}

function withoutId<Settings>({ _id, ...settings }: mongo.WithId<Settings>): Settings {
  return settings as Settings;
}
