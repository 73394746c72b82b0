import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '@earlybird/core';
import { mongo } from 'mongoose';
import { codeOf, duplicateKey, isDuplicateKey } from '../connection/database-error.js';
import { existingIndexes } from './existing-indexes.js';
import { type Migration, type WantedCollection, type WantedIndex } from './migration.js';

/** How often the creation of an index is repeated: others may be building, and some engines deadlock then. */
const indexTries = 5;
/**
 * How long one index may take. Over millions of documents that is longer than a command may (client-options): the build goes
 * on at the server then, and asking again waits for it.
 */
const indexWithinMs = 60 * 60_000;
/** What repeating does not cure: documents that break a unique index, and another index under the same name or key. */
const hopelessCodes = new Set<unknown>([67, 85, 86, duplicateKey]);

/** Makes what a migration wants and does not find, and answers how much that was; `print` gets one line for each thing. Idempotent. */
export async function applyMigration(
  db: mongo.Db,
  migration: Migration,
  print: (line: string) => void,
): Promise<number> {
  let made = 0;
  const count = (line: string) => {
    made += 1;
    print(line);
  };
  for (const collection of migration.collections) await makeCollection(db, collection, count);
  return made;
}

async function makeCollection(db: mongo.Db, wanted: WantedCollection, print: (line: string) => void): Promise<void> {
  let existing = await existingIndexes(db, wanted.name);
  if (existing === undefined) {
    await db.createCollection(wanted.name).catch((error: unknown) => {
      // NamespaceExists: a first write was faster.
      if (codeOf(error) !== 48) throw error;
    });
    print(`collection ${wanted.name}`);
    existing = new Map();
  }
  // One at a time: two at once deadlocked on the engine of local-servers.md.
  for (const index of wanted.indexes.filter(({ name }) => existing.has(name) === false)) {
    await makeIndex(db, wanted.name, index);
    print(`index ${wanted.name}.${index.name} ${describe(index)}`);
  }
}

async function makeIndex(db: mongo.Db, collection: string, index: WantedIndex): Promise<void> {
  const { name, key, unique, sparse, only, expireAfterSeconds } = index;
  const options = {
    name,
    ...(unique === undefined ? {} : { unique }),
    ...(sparse === undefined ? {} : { sparse }),
    ...(only === undefined ? {} : { partialFilterExpression: only }),
    ...(expireAfterSeconds === undefined ? {} : { expireAfterSeconds }),
  };
  const began = Date.now();
  for (let round = 1; ; round += 1) {
    try {
      await db.createIndex(collection, { ...key }, options);
      return;
    } catch (error) {
      if (hopelessCodes.has(codeOf(error))) {
        const why = isDuplicateKey(error) ? 'documents break it' : 'another index has its name or its key';
        throw new AppError('invariant_broken', `the index ${name} cannot be made on ${collection}: ${why}`);
      }
      const isStillBuilt = error instanceof mongo.MongoNetworkTimeoutError && Date.now() - began < indexWithinMs;
      if (round >= indexTries && !isStillBuilt) throw error;
      await sleep(Math.min(round, indexTries) * 100);
    }
  }
}

function describe({ key, unique, sparse, only, expireAfterSeconds }: WantedIndex): string {
  const fields = Object.entries(key).map(([field, order]) => (order === 1 ? field : `${field} descending`));
  return [
    `(${fields.join(', ')})`,
    ...(unique === undefined ? [] : ['unique']),
    ...(sparse === undefined ? [] : ['where present']),
    ...(only === undefined ? [] : [`where ${JSON.stringify(only)}`]),
    ...(expireAfterSeconds === undefined ? [] : ['deletes what has expired']),
  ].join(' ');
}
