import { type Template } from '@earlybird/core';
import { collectionNames } from '../connection/collection-names.js';
import { isDuplicateKey } from '../connection/database-error.js';
import { type MongoConnection } from '../connection/mongo-connection.js';
import { toStoredTemplate } from './template.mapper.js';
import { type StoredTemplate } from './template.schema.js';

/** A template that every installation begins with; the database says since when. */
export type TemplateSeed = Omit<Template, 'createdAt'>;

/**
 * Inserts those seeds whose message type and language have no version at all, and answers which. What an admin has saved
 * is never touched. Idempotent; several processes may do it at once.
 */
export function seedTemplates(
  connection: MongoConnection,
  seeds: readonly TemplateSeed[],
  at: Date,
): Promise<readonly TemplateSeed[]> {
  const templates = connection.collection<StoredTemplate>(collectionNames.templates);
  return connection.run(`seed ${collectionNames.templates}`, async () => {
    const known = await templates.find({}, { projection: { messageType: 1, language: 1 } }).toArray();
    const places = new Set(known.map(placeOf));
    const inserted: TemplateSeed[] = [];
    for (const seed of seeds.filter((one) => !places.has(placeOf(one)))) {
      try {
        await templates.insertOne(toStoredTemplate({ ...seed, createdAt: at }));
        inserted.push(seed);
      } catch (error) {
        // Another process seeds at the same moment.
        if (!isDuplicateKey(error)) throw error;
      }
    }
    return inserted;
  });
}

function placeOf({ messageType, language }: Pick<Template, 'messageType' | 'language'>): string {
  return `${messageType}|${language}`;
}
