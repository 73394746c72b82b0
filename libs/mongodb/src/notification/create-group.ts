import { AppError, type Creation } from '@earlybird/core';
import { type mongo } from 'mongoose';
import { bulkResult } from '../connection/bulk-result.js';
import { duplicateKey, isDuplicateKey, toOperationError } from '../connection/database-error.js';
import { type Answer } from '../group/grouped.js';
import { toNotification } from './notification.mapper.js';
import { type StoredNotification } from './stored-notification.js';

/**
 * Inserts every document whose idempotency key is free, in one round trip, and reads the holders of the keys that are not
 * in a second. `again`: a document found under its own id is one that an earlier run of this group has inserted.
 */
export async function createGroup(
  log: mongo.Collection<StoredNotification>,
  documents: readonly StoredNotification[],
  again: boolean,
): Promise<readonly Answer<Creation>[]> {
  const firsts = new Map(documents.toReversed().map((document) => [document.idempotencyKey, document]));
  // One order of keys for all, so that two groups never wait for each other.
  const inOrder = [...firsts.values()].sort((left, right) => (left.idempotencyKey < right.idempotencyKey ? -1 : 1));
  const inserts = inOrder.map((document) => ({ insertOne: { document } }));
  const { failures } = await bulkResult(log.bulkWrite(inserts, { ordered: false }));
  const failureOf = new Map(inOrder.map((document, index) => [document, failures.get(index)]));
  // Who asks for a key that the same group inserts comes second without asking the server.
  const outcomes = documents.map((document) => ({
    document,
    failure: failureOf.has(document) ? failureOf.get(document) : { code: duplicateKey },
  }));
  const holders = await holdersOf(
    log,
    outcomes.filter(({ failure }) => isDuplicateKey(failure)).map(({ document }) => document),
  );
  return outcomes.map(({ document, failure }) => creationOf(document, failure, holders, again));
}

function creationOf(
  { _id, idempotencyKey }: StoredNotification,
  failure: unknown,
  holders: ReadonlyMap<string, StoredNotification>,
  again: boolean,
): Answer<Creation> {
  if (failure === undefined) return { kind: 'created' };
  if (!isDuplicateKey(failure)) return toOperationError(failure, `${_id} cannot be created`);
  const holder = holders.get(idempotencyKey);
  if (holder === undefined)
    return new AppError('invariant_broken', `${_id} cannot be created: its id belongs to another notification`);
  return again && holder._id === _id ? { kind: 'created' } : { kind: 'exists', notification: toNotification(holder) };
}

async function holdersOf(
  log: mongo.Collection<StoredNotification>,
  documents: readonly StoredNotification[],
): Promise<ReadonlyMap<string, StoredNotification>> {
  if (documents.length === 0) return new Map();
  const keys = [...new Set(documents.map(({ idempotencyKey }) => idempotencyKey))];
  const holders = await log.find({ idempotencyKey: { $in: keys } }).toArray();
  return new Map(holders.map((holder) => [holder.idempotencyKey, holder]));
}
