import { type Attempt, countedAttempts } from '../attempt/attempt.js';
import { settlementOf } from '../attempt/settlement.js';
import type { Notification } from '../notification/notification.js';
import type { DispatchEnvelope, WaitingStory } from './dispatch-queue.js';
import type { FlowParts } from './flow-parts.js';
import { placeOrphans } from './place-orphans.js';
import { trailOf } from '../notification/trail-of.js';

/** After the outcome is stored: receipts that were faster find their place, and the next envelope, if any, is confirmed. */
export async function conclude(parts: FlowParts, notification: Notification): Promise<void> {
  if (notification.providerMessageId !== undefined) await placeOrphans(parts, notification.providerMessageId);
  const settlement = settlementOf(notification, parts.policy);
  switch (settlement.kind) {
    case 'done':
      return;
    case 'retry':
      return parts.queue.retryLater(
        envelopeOf(notification, settlement.attempt),
        settlement.delayMs,
        storyOf(notification),
      );
    case 'defer':
      return parts.queue.defer(envelopeOf(notification, settlement.attempt), storyOf(notification));
    case 'park':
      await parts.queue.park(envelopeOf(notification, notification.lastAttemptNumber), storyOf(notification));
      return reportParked(parts, notification);
  }
}

/** The envelope that asks for attempt `attempt`. */
export function envelopeOf(notification: Notification, attempt: number, repeat = false): DispatchEnvelope {
  const { id, lane, correlationId, traceparent } = notification;
  return {
    notificationId: id,
    attempt,
    lane,
    repeat,
    correlationId,
    ...(traceparent === undefined ? {} : { traceparent }),
  };
}

/** What the headers of a waiting or dead envelope tell. */
function storyOf(notification: Notification): WaitingStory {
  const last: Attempt | undefined = notification.attempts.at(-1);
  const firstFailed = notification.attempts.find(
    (attempt) => attempt.outcome !== undefined && attempt.outcome !== 'accepted',
  )?.finishedAt;
  return {
    reason:
      [notification.statusReason, last?.reason]
        .filter((word, index, all) => word !== undefined && all.indexOf(word) === index)
        .join(': ') || notification.status,
    ...(last?.errorCode === undefined ? {} : { errorCode: last.errorCode }),
    ...(notification.nextAttemptAt === undefined ? {} : { nextAttemptAt: notification.nextAttemptAt }),
    ...(firstFailed === undefined ? {} : { firstFailedAt: firstFailed }),
  };
}

function reportParked(parts: FlowParts, notification: Notification): void {
  const { attempts, statusReason = 'failed' } = notification;
  parts.reporter.report({
    kind: 'notification_parked',
    ...trailOf(notification),
    attempt: countedAttempts(attempts),
    reason: statusReason,
  });
}
