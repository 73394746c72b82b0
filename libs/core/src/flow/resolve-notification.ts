import { type DeliveryStatus, transitions } from '../notification/delivery-status.js';
import type { NotificationDesk } from '../notification/notification-desk.js';
import type { Notification } from '../notification/notification.js';
import type { Deed } from './cancel-notification.js';
import type { FlowParts } from './flow-parts.js';
import { trailOf } from '../notification/trail-of.js';

type Parts = Pick<FlowParts, 'notifications' | 'clock' | 'reporter'> & { readonly desk: NotificationDesk };

export type Verdict = 'sent' | 'failed';

export type ResolutionResult =
  | { readonly kind: 'resolved'; readonly notification: Notification }
  | { readonly kind: 'not_found' }
  /** Nobody is in doubt about it (any more); `status` says where it stands. */
  | { readonly kind: 'no_doubt'; readonly status: DeliveryStatus };

const causes = { sent: 'resolved_as_sent', failed: 'resolved_as_failed' } as const;

/** Settles an `unknown` notification by what a person found out elsewhere. A receipt that comes later still outranks it. */
export function resolveNotification(
  parts: Parts,
): (id: string, verdict: Verdict, deed: Deed) => Promise<ResolutionResult> {
  return async (id, verdict, { by, note }) => {
    const at = parts.clock.now();
    const how = causes[verdict];
    const done = await parts.desk.changeStatus({
      id,
      ...transitions[how],
      reason: how,
      at,
      action: { at, by, action: 'resolved', note: note ?? `as ${verdict}` },
      resolved: { by, at, how },
    });
    const notification = await parts.notifications.find(id);
    if (notification === undefined) return { kind: 'not_found' };
    if (!done) return { kind: 'no_doubt', status: notification.status };
    const { status } = notification;
    parts.reporter.report({ kind: 'status_changed', ...trailOf(notification), status, reason: how });
    return { kind: 'resolved', notification };
  };
}
