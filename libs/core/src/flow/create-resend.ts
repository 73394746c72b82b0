import type { Creation } from '../notification/notification-store.js';
import type { Notification } from '../notification/notification.js';
import { trailOf } from '../notification/trail-of.js';
import { enqueueOrLeave } from './enqueue-or-leave.js';
import type { FlowParts } from './flow-parts.js';

/** What storing a resend stands on. */
export type CreateParts = Pick<FlowParts, 'notifications' | 'clock' | 'reporter'> & {
  readonly queue: Pick<FlowParts['queue'], 'enqueue'>;
};

/**
 * Stores and enqueues the successor of a notification that was claimed for it. Safe to repeat after a crash and by anybody:
 * its key makes it once, and whoever comes later gets the one that is there. `by` asked for it.
 */
export async function createResend(parts: CreateParts, notification: Notification, by: string): Promise<Creation> {
  const creation = await parts.notifications.create(notification);
  if (creation.kind === 'exists') return creation;
  if (notification.status === 'queued') await enqueueOrLeave(parts, notification);
  const { messageType, status } = notification;
  parts.reporter.report({ kind: 'notification_requested', ...trailOf(notification), messageType, client: by, status });
  return creation;
}
