import { factsOf } from '../message/message-type.js';
import { type DeliveryStatus, waitingStatuses } from './delivery-status.js';
import type { Notification } from './notification.js';

/** Why a notification is not resent as it is asked for. */
export type ResendHurdle =
  /** It may still leave by itself. */
  | 'in_flight'
  /** It has arrived, or perhaps has: only on purpose. */
  | 'needs_force'
  /** The moment it is bound to has passed: it needs a new `valid_until`. */
  | 'expired';

/** What is asked for. */
export interface ResendWish {
  readonly force: boolean;
  readonly validUntil?: Date;
}

const inFlight: readonly DeliveryStatus[] = ['scheduled', 'sending', ...waitingStatuses];
const perhapsArrived: readonly DeliveryStatus[] = ['sent', 'delivered', 'read', 'unknown'];

/** The statuses that a resend may start from. */
export function resendableStatuses(force: boolean): readonly DeliveryStatus[] {
  return ['failed', 'suppressed', 'expired', 'cancelled', ...(force ? perhapsArrived : [])];
}

/** What stands in the way of a resend; undefined when nothing does (rest-api.md). */
export function resendHurdle(notification: Notification, wish: ResendWish, now: Date): ResendHurdle | undefined {
  const { status, messageType, validUntil } = notification;
  if (inFlight.includes(status)) return 'in_flight';
  if (perhapsArrived.includes(status) && !wish.force) return 'needs_force';
  const bound = factsOf(messageType).boundToMoment && validUntil <= now && wish.validUntil === undefined;
  return bound ? 'expired' : undefined;
}

/** Until when the resend is worth sending: as asked for, or until the moment it is bound to; undefined for the type's own span. */
export function resendValidUntil({ messageType, validUntil }: Notification, wish: ResendWish): Date | undefined {
  return wish.validUntil ?? (factsOf(messageType).boundToMoment ? validUntil : undefined);
}
