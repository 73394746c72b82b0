import { type AttemptFinish } from '@earlybird/core';
import { type mongo } from 'mongoose';
import { bulkResult } from '../connection/bulk-result.js';
import { isDuplicateKey, toOperationError } from '../connection/database-error.js';
import { type Answer } from '../group/grouped.js';
import { finishWrite, withoutMessageId } from './finish-write.js';
import { type StoredNotification } from './stored-notification.js';

/** One finish and the token under which it is written; no two calls have the same token. */
export interface TokenFinish {
  readonly finish: AttemptFinish;
  readonly token: string;
}

/**
 * Finishes attempts in one round trip. When every update found its open attempt, all have won; else the winners are those
 * whose token is stored. `again`: an earlier run of the same finishes may have taken effect.
 */
export async function finishGroup(
  log: mongo.Collection<StoredNotification>,
  finishes: readonly TokenFinish[],
  again: boolean,
): Promise<readonly Answer<boolean>[]> {
  // One order of ids for all, so that two groups never wait for each other.
  const inOrder = [...finishes].sort((left, right) => (left.finish.id < right.finish.id ? -1 : 1));
  const writes = inOrder.map(({ finish, token }) => ({ updateOne: finishWrite(finish, token) }));
  const { matched, failures } = await bulkResult(log.bulkWrite(writes, { ordered: false }));
  const failureOf = new Map(inOrder.map((one, index) => [one, failures.get(index)]));
  const haveAllWon = matched === finishes.length - failures.size;
  const winners = haveAllWon && !again ? undefined : await storedTokens(log, finishes);
  return Promise.all(
    finishes.map(async (one) => {
      const failure = failureOf.get(one);
      if (failure !== undefined) return afterFailure(log, one, failure);
      return winners?.has(one.token) ?? true;
    }),
  );
}

/** Every token that stands in these notifications now. */
async function storedTokens(
  log: mongo.Collection<StoredNotification>,
  finishes: readonly TokenFinish[],
): Promise<ReadonlySet<string | undefined>> {
  const ids = [...new Set(finishes.map(({ finish }) => finish.id))];
  const stored = await log.find({ _id: { $in: ids } }, { projection: { 'attempts.token': 1 } }).toArray();
  return new Set(stored.flatMap(({ attempts }) => attempts.map(({ token }) => token)));
}

/** An outcome in hand is stored in any case: a message id that another notification has already stays out of it. */
async function afterFailure(
  log: mongo.Collection<StoredNotification>,
  { finish, token }: TokenFinish,
  failure: unknown,
): Promise<Answer<boolean>> {
  if (!isDuplicateKey(failure)) return toOperationError(failure, `${finish.id} cannot finish attempt ${finish.number}`);
  const { filter, update } = finishWrite(withoutMessageId(finish), token);
  const { matchedCount } = await log.updateOne(filter, update);
  return matchedCount === 1;
}
