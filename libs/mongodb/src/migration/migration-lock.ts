import { setTimeout as sleep } from 'node:timers/promises';
import { randomUUID } from 'node:crypto';
import { type mongo } from 'mongoose';
import { isDuplicateKey } from '../connection/database-error.js';

/** What the lock document holds. */
export interface LockDocument {
  readonly _id: 'lock';
  readonly holder: string;
  readonly until: Date;
}

/** How long a lock outlives its holder. Renewed at a third of it, so only a dead or paused process loses it. */
const lifeMs = 60_000;
/** Between two tries to take it. */
const tryEveryMs = 200;

/** Runs `work` in one process at a time, over all that use this collection; the others wait. A dead holder's lock ends after a minute. */
export async function underLock<Result>(
  locks: mongo.Collection<LockDocument>,
  work: () => Promise<Result>,
): Promise<Result> {
  const holder = randomUUID();
  while (!(await take(locks, holder))) await sleep(tryEveryMs);
  const renewal = setInterval(() => {
    // A renewal that fails is tried again at the next; migrations are safe to run twice even so.
    locks.updateOne({ _id: 'lock', holder }, { $set: { until: soon() } }).catch(() => undefined);
  }, lifeMs / 3);
  try {
    return await work();
  } finally {
    clearInterval(renewal);
    await locks.deleteOne({ _id: 'lock', holder });
  }
}

async function take(locks: mongo.Collection<LockDocument>, holder: string): Promise<boolean> {
  try {
    await locks.updateOne(
      // A life that would last longer than any may was begun before somebody set the clock back.
      { _id: 'lock', $or: [{ until: { $lt: new Date() } }, { until: { $gt: soon(2 * lifeMs) } }] },
      { $set: { holder, until: soon() } },
      { upsert: true },
    );
    return true;
  } catch (error) {
    // The document is there and its time is not over: somebody holds it.
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}

function soon(ms = lifeMs): Date {
  return new Date(Date.now() + ms);
}
