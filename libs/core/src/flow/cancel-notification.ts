import { type DeliveryStatus, transitions } from '../notification/delivery-status.js';
import type { NotificationDesk } from '../notification/notification-desk.js';
import type { Notification } from '../notification/notification.js';
import type { FlowParts } from './flow-parts.js';
import { trailOf } from '../notification/trail-of.js';

type Parts = Pick<FlowParts, 'notifications' | 'clock' | 'reporter'> & { readonly desk: NotificationDesk };

/** Who does it, and why where they say so. */
export interface Deed {
  readonly by: string;
  readonly note?: string;
}

export type Cancellation =
  | { readonly kind: 'cancelled'; readonly notification: Notification }
  | { readonly kind: 'not_found' }
  /** It is on its way or has come to something; `status` says what. */
  | { readonly kind: 'too_late'; readonly status: DeliveryStatus };

/** Cancels a notification that still waits: scheduled, queued or retrying. Its envelope finds that out and is done. */
export function cancelNotification(parts: Parts): (id: string, deed: Deed) => Promise<Cancellation> {
  return async (id, { by, note }) => {
    const at = parts.clock.now();
    const action = { at, by, action: 'cancelled', ...(note === undefined ? {} : { note }) } as const;
    const done = await parts.desk.changeStatus({ id, ...transitions.cancelled, reason: 'by_admin', at, action });
    const notification = await parts.notifications.find(id);
    if (notification === undefined) return { kind: 'not_found' };
    if (!done) return { kind: 'too_late', status: notification.status };
    parts.reporter.report({
      kind: 'status_changed',
      ...trailOf(notification),
      status: 'cancelled',
      reason: 'by_admin',
    });
    return { kind: 'cancelled', notification };
  };
}
