import type { Trail } from '../kernel/reporter.js';
import type { Notification } from './notification.js';

/** By what everything that is reported of a notification is followed. */
export function trailOf({
  id: notificationId,
  correlationId,
  traceparent,
}: Pick<Notification, 'id' | 'correlationId' | 'traceparent'>): Trail {
  return { notificationId, correlationId, ...(traceparent === undefined ? {} : { traceparent }) };
}
