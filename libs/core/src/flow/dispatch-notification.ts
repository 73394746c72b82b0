import { standingOf } from '../attempt/standing.js';
import type { Trail } from '../kernel/reporter.js';
import type { DispatchEnvelope } from './dispatch-queue.js';
import { closeAbandoned } from './close-abandoned.js';
import { conclude } from './conclude.js';
import type { FlowParts } from './flow-parts.js';
import { makeAttempt } from './make-attempt.js';
import { trailOf } from '../notification/trail-of.js';

/**
 * Carries one queued notification through one attempt:
 * load → where does it stand → (still wanted? → render → start attempt → send → finish attempt) → settle.
 *
 * Resolves when the envelope may be acked: the next envelope, if there is one, is confirmed by then. Throws lost
 * infrastructure only, and then nothing was sent that is not on record: hand the envelope over once more, with `repeat`,
 * when the server is back (without it the unfinished step would count as somebody else's).
 */
export function dispatchNotification(parts: FlowParts): (envelope: DispatchEnvelope) => Promise<void> {
  return async (envelope) => {
    const notification = await parts.notifications.find(envelope.notificationId);
    if (notification === undefined) return parkStranger(parts, envelope);
    const standing = standingOf(notification, envelope, parts.clock.now(), parts.policy.deferDelayMs);
    const about = {
      ...trailOf(notification),
      attempt: envelope.attempt,
    };
    switch (standing.kind) {
      case 'due':
        return makeAttempt(parts, notification, standing.attempt);
      case 'duplicate':
        return parts.reporter.report({ kind: 'dispatch_duplicate', ...about, status: notification.status });
      case 'early':
        return postpone(parts, envelope, about, notification.statusReason ?? 'throttled');
      case 'leased':
        // It carries the duty to repeat, and keeps it.
        return postpone(parts, envelope, about, 'attempt_in_progress');
      case 'abandoned':
        return closeAbandoned(parts, notification, standing.attempt);
      case 'unsettled':
        parts.reporter.report({ kind: 'settled_again', ...about, status: notification.status });
        return conclude(parts, notification);
    }
  };
}

async function postpone(
  parts: FlowParts,
  envelope: DispatchEnvelope,
  about: Trail & { readonly attempt: number },
  reason: string,
): Promise<void> {
  parts.reporter.report({ kind: 'dispatch_postponed', ...about, reason });
  await parts.queue.defer(envelope, { reason });
}

/** An id that no document has: a restored backup, or somebody else's envelope. A person must look at it. */
async function parkStranger(parts: FlowParts, envelope: DispatchEnvelope): Promise<void> {
  parts.reporter.report({
    kind: 'notification_missing',
    notificationId: envelope.notificationId,
    attempt: envelope.attempt,
  });
  await parts.queue.park(envelope, { reason: 'notification_missing' });
}
