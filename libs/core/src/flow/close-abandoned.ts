import { recordOutcome } from '../attempt/record-outcome.js';
import type { Notification } from '../notification/notification.js';
import { conclude } from './conclude.js';
import { asStored, reportFinish } from './finish-attempt.js';
import type { FlowParts } from './flow-parts.js';

/**
 * Closes an attempt whose worker is gone and whose lease is over: perhaps sent, so `unknown`, never silently sent again. There
 * is no answer in hand here, so an outage is thrown, and the envelope handed over once more looks again.
 */
export async function closeAbandoned(parts: FlowParts, notification: Notification, number: number): Promise<void> {
  const outcome = { kind: 'unknown', reason: 'lease_over' } as const;
  const finish = recordOutcome(notification, number, outcome, parts.policy, parts.clock.now());
  if (!(await parts.notifications.finishAttempt(finish))) return;
  reportFinish(parts, notification, finish);
  await conclude(parts, await asStored(parts, notification, finish));
}
