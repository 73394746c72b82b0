import { transitions } from '../notification/delivery-status.js';
import { lanes } from '../notification/lane.js';
import type { Notification } from '../notification/notification.js';
import { envelopeOf } from './conclude.js';
import type { FlowParts } from './flow-parts.js';
import { releaseDue } from './release-due.js';
import { trailOf } from '../notification/trail-of.js';

type Parts = Pick<FlowParts, 'notifications' | 'queue' | 'gate' | 'policy' | 'clock' | 'reporter'>;

/** A sweep takes no more than this, so that a great backlog of lost envelopes comes back in steps. */
const mostPerSweep = 500;
/** Envelopes ready in a lane beyond which nothing counts as lost: it is only late. */
const busyLaneDepth = 1_000;
/** A notification that was lost this often is poison, or its broker is; a person must look. */
const mostSweeps = 5;

/**
 * The backstop: enqueues what is due, and again what should have moved on long ago (architecture.md, sweeper). Any number
 * of workers may sweep at once; the conditional claim lets one of them win. Answers how many it took.
 */
export function sweep(parts: Parts): () => Promise<number> {
  return async () => {
    const waking = await findWaking(parts);
    // One that fails must not leave the others unobserved.
    const taken = await Promise.allSettled(waking.map((notification) => take(parts, notification)));
    for (const result of taken) if (result.status === 'rejected') throw result.reason;
    return taken.filter((result) => result.status === 'fulfilled' && result.value).length;
  };
}

/** Broker and gate are asked only when something wakes: while the provider is halted everything waits, nothing is lost. Busy lanes are left out by the query, or they would crowd out the others. */
async function findWaking(parts: Parts): Promise<readonly Notification[]> {
  const now = parts.clock.now();
  const waking = await parts.notifications.findWaking(now, mostPerSweep, lanes);
  if (waking.length === 0) return waking;
  if (await parts.gate.isHalted()) return [];
  const depths = await Promise.all(lanes.map((lane) => parts.queue.depth(lane)));
  const calm = lanes.filter((_, index) => (depths[index] ?? 0) <= busyLaneDepth);
  if (calm.length === lanes.length) return waking;
  return calm.length === 0 ? [] : parts.notifications.findWaking(now, mostPerSweep, calm);
}

async function take(parts: Parts, notification: Notification): Promise<boolean> {
  if (notification.status === 'scheduled') return releaseDue(parts, notification);
  const { id, wakeAt, sweeps, lastAttemptNumber, status } = notification;
  if (wakeAt === undefined || !(await parts.notifications.claimWaking(id, wakeAt, nextWake(parts, sweeps))))
    return false;
  if (sweeps >= mostSweeps) return giveUp(parts, notification);
  // Only an attempt that was started is a step to repeat; a copy of any other envelope is a duplicate if the first turns up.
  const started = status === 'sending';
  await parts.queue.enqueue(envelopeOf(notification, started ? lastAttemptNumber : lastAttemptNumber + 1, started));
  parts.reporter.report({ kind: 'swept', ...trailOf(notification), status, sweeps: sweeps + 1 });
  return true;
}

/** Doubling, so that a lane that is merely slow is not filled with copies. */
function nextWake(parts: Parts, sweeps: number): Date {
  return new Date(parts.clock.now().getTime() + parts.policy.graces.queuedMs * 2 ** Math.min(sweeps, mostSweeps));
}

async function giveUp(parts: Parts, notification: Notification): Promise<boolean> {
  const reason = 'lost_or_poison';
  const changed = await parts.notifications.changeStatus({
    id: notification.id,
    ...transitions.given_up,
    reason,
    at: parts.clock.now(),
  });
  if (changed) parts.reporter.report({ kind: 'status_changed', ...trailOf(notification), status: 'failed', reason });
  return changed;
}
