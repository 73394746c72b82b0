import { type mongo } from 'mongoose';
import { type WantedCollection, type WantedIndex } from './migration.js';

/** What is wrong with a collection, one sentence a fault; empty when everything is there as it shall be. */
export async function faultsOf(db: mongo.Db, wanted: WantedCollection): Promise<readonly string[]> {
  const existing = await existingIndexes(db, wanted.name);
  if (existing === undefined) return [`${wanted.name}: the collection is missing`];
  return wanted.indexes.flatMap((index) => {
    const known = existing.get(index.name);
    if (known === undefined) return [`${wanted.name}: the index ${index.name} is missing`];
    return isAsWanted(known, index) ? [] : [`${wanted.name}: the index ${index.name} differs from what it shall be`];
  });
}

/** The indexes of a collection by name; undefined when there is no such collection. */
export async function existingIndexes(
  db: mongo.Db,
  name: string,
): Promise<ReadonlyMap<string, mongo.IndexDescriptionInfo> | undefined> {
  const [collection] = await db.listCollections({ name }, { nameOnly: true }).toArray();
  if (collection === undefined) return undefined;
  const indexes = await db.collection(name).indexes();
  return new Map(indexes.map((index) => [index.name ?? '', index]));
}

/** Order of keys counts, and so does every option that decides what the index does. */
function isAsWanted(existing: mongo.IndexDescriptionInfo, wanted: WantedIndex): boolean {
  return (
    JSON.stringify(existing.key) === JSON.stringify(wanted.key) &&
    (existing.unique ?? false) === (wanted.unique ?? false) &&
    (existing.sparse ?? false) === (wanted.sparse ?? false) &&
    JSON.stringify(existing.partialFilterExpression) === JSON.stringify(wanted.only) &&
    existing.expireAfterSeconds === wanted.expireAfterSeconds
  );
}
