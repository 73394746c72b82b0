import { type AttemptStart, type Notification } from '@earlybird/core';
import { type mongo } from 'mongoose';
import { bulkResult } from '../connection/bulk-result.js';
import { toOperationError } from '../connection/database-error.js';
import { type Answer } from '../group/grouped.js';
import { toNotification } from './notification.mapper.js';
import { isStartedBy, startWrite } from './start-write.js';
import { type StoredNotification } from './stored-notification.js';

/** One start and the token under which it is written; no two calls have the same token. */
export interface TokenStart {
  readonly start: AttemptStart;
  readonly token: string;
}

/**
 * Starts attempts in one round trip and reads the notifications in a second. A bulk write does not say which of its
 * conditional updates found their document, so the winner is whoever's token stands in the attempt: nobody else can have
 * written it. `again`: an earlier run of the same starts may have taken effect.
 */
export async function startGroup(
  log: mongo.Collection<StoredNotification>,
  starts: readonly TokenStart[],
  again: boolean,
): Promise<readonly Answer<Notification | undefined>[]> {
  const [first] = starts;
  if (starts.length === 1 && first !== undefined && !again) return [await startOne(log, first)];
  // One order of ids for all, so that two groups never wait for each other.
  const inOrder = [...starts].sort((left, right) => (left.start.id < right.start.id ? -1 : 1));
  const writes = inOrder.map(({ start, token }) => ({ updateOne: startWrite(start, token) }));
  const { failures } = await bulkResult(log.bulkWrite(writes, { ordered: false }));
  const failureOf = new Map(inOrder.map(({ token }, index) => [token, failures.get(index)]));
  const stored = await log.find({ _id: { $in: [...new Set(starts.map(({ start }) => start.id))] } }).toArray();
  const storedById = new Map(stored.map((document) => [document._id, document]));
  return starts.map(({ start, token }) => startedOf(start, token, storedById.get(start.id), failureOf.get(token)));
}

async function startOne(
  log: mongo.Collection<StoredNotification>,
  { start, token }: TokenStart,
): Promise<Notification | undefined> {
  const { filter, update } = startWrite(start, token);
  const stored = await log.findOneAndUpdate(filter, update, { returnDocument: 'after' });
  return stored === null ? undefined : toNotification(stored);
}

function startedOf(
  start: AttemptStart,
  token: string,
  stored: StoredNotification | undefined,
  failure: unknown,
): Answer<Notification | undefined> {
  if (failure !== undefined) return toOperationError(failure, `${start.id} cannot start attempt ${start.number}`);
  return stored !== undefined && isStartedBy(stored, start, token) ? toNotification(stored) : undefined;
}
