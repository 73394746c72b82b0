import type { BreakerGate } from '../attempt/breaker-gate.js';
import type { CommandAnswer } from '../command/command.js';
import { lanes } from '../notification/lane.js';
import type { NotificationDesk } from '../notification/notification-desk.js';
import type { FlowParts } from './flow-parts.js';
import { releaseDue } from './release-due.js';
import type { RetryQueues } from './retry-queues.js';

type Parts = Pick<FlowParts, 'notifications' | 'queue' | 'policy' | 'clock' | 'reporter'> & {
  readonly gate: Pick<BreakerGate, 'look'>;
  readonly desk: Pick<NotificationDesk, 'release'>;
  readonly retryQueues: RetryQueues;
};

/** So many are due at a time at most, as in a sweep. */
const mostAtATime = 500;
/** A round beyond which the sweeper goes on: nobody waits for an answer any more. */
const mostRounds = 20;

/**
 * Lets everything go on now that waits for its next attempt, and what is due among the scheduled. What the provider told to
 * wait is in the defer queues or scheduled for later, and waits on (broker.md). Refused while the provider is halted:
 * nothing would leave. Done twice it does no harm. The figures: `released` from the retry queues, `scheduledReleased`.
 */
export function releaseWaiting(parts: Parts): (by: string) => Promise<CommandAnswer> {
  return async (by) => {
    const state = await parts.gate.look();
    if (state.kind !== 'closed') {
      const { reason } = state.cause;
      return {
        kind: 'refused',
        reason: 'provider_halted',
        detail: `Sending is halted since ${state.since.toISOString()}: ${reason}. Everything goes on by itself afterwards.`,
      };
    }
    const released = await releaseRetrying(parts, by);
    return { kind: 'done', figures: { released, scheduledReleased: await releaseScheduled(parts) } };
  };
}

/** On record before it goes on: its attempt may be started in the very next moment. */
function releaseRetrying(parts: Parts, by: string): Promise<number> {
  return parts.retryQueues.release(async (envelopes) => {
    const at = parts.clock.now();
    const ids = envelopes.map(({ notificationId }) => notificationId);
    const wakeAt = new Date(at.getTime() + parts.policy.graces.retryingMs);
    await parts.desk.release(ids, wakeAt, { at, by, action: 'released' });
  });
}

async function releaseScheduled(parts: Parts): Promise<number> {
  let released = 0;
  for (let round = 0; round < mostRounds; round += 1) {
    const waking = await parts.notifications.findWaking(parts.clock.now(), mostAtATime, lanes);
    const due = waking.filter(({ status }) => status === 'scheduled');
    const results = await Promise.all(due.map((notification) => releaseDue(parts, notification)));
    released += results.filter(Boolean).length;
    if (waking.length < mostAtATime || due.length === 0) break;
  }
  return released;
}
