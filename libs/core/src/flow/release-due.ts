import { transitions } from '../notification/delivery-status.js';
import type { Notification } from '../notification/notification.js';
import { envelopeOf } from './conclude.js';
import type { FlowParts } from './flow-parts.js';
import { trailOf } from '../notification/trail-of.js';

type Parts = Pick<FlowParts, 'notifications' | 'queue' | 'policy' | 'clock' | 'reporter'>;

/** Puts a scheduled notification whose moment has come into its lane. False when somebody else did, or it is not scheduled any more. */
export async function releaseDue(parts: Parts, notification: Notification): Promise<boolean> {
  const at = parts.clock.now();
  const wakeAt = new Date(at.getTime() + parts.policy.graces.queuedMs);
  if (!(await parts.notifications.changeStatus({ id: notification.id, ...transitions.due, at, wakeAt }))) return false;
  await parts.queue.enqueue(envelopeOf(notification, notification.lastAttemptNumber + 1));
  parts.reporter.report({ kind: 'status_changed', ...trailOf(notification), status: 'queued', reason: 'due' });
  return true;
}
