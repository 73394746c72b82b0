import type { Notification } from '../notification/notification.js';
import { conclude } from './conclude.js';
import { finishAttempt } from './finish-attempt.js';
import type { FlowParts } from './flow-parts.js';

/** Closes an attempt whose worker is gone and whose lease is over: perhaps sent, so `unknown`, never silently sent again. */
export async function closeAbandoned(parts: FlowParts, notification: Notification, number: number): Promise<void> {
  const closed = await finishAttempt(parts, notification, number, { kind: 'unknown', reason: 'lease_over' });
  if (closed !== undefined) await conclude(parts, closed);
}
