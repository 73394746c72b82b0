import type { DeliveryStatus } from '@earlybird/core';
import type { RecordedNotification } from '@earlybird/testing';
import type { Fate } from './event-plan.js';
import type { Evidence } from './evidence.js';
import type { Explained } from './explain.js';

const told: readonly DeliveryStatus[] = ['sent', 'delivered', 'read'];

/** How a notification may end when nothing strikes. */
const ends: Readonly<Record<Exclude<Fate, 'invalid'>, readonly DeliveryStatus[]>> = {
  told,
  told_once_of_many: told,
  twice_deferred: told,
  always_deferred: ['failed'],
  refused: ['failed'],
  // The receipts of the message that arrived come under an id that nobody was told.
  cut: ['unknown'],
  suppressed: ['suppressed'],
  expired: ['expired'],
};

/**
 * Every notification whose end is not that of its event. Excepted are those of which a kill caught an attempt: it counts, whether
 * its request left or not, so it may stay unknown, or be the one that is missing where the third would have been accepted.
 */
export function findWrongEnds({ planned, notifications }: Evidence, explained: Explained): readonly string[] {
  const fates = new Map(planned.map(({ id, fate }) => [id, fate]));
  return notifications.flatMap((notification) => {
    const fate = fates.get(notification.event?.id ?? '');
    if (fate === undefined || fate === 'invalid') return [`${notification._id} has no event of this run`];
    if (ends[fate].includes(notification.status) || isCaught(notification, fate, explained)) return [];
    const { _id, status, statusReason = '' } = notification;
    return [`${_id} (${fate}) is ${status} ${statusReason}`.trim()];
  });
}

function isCaught(
  { status, statusReason, attempts }: RecordedNotification,
  fate: Fate,
  { isOpenAtKill }: Explained,
): boolean {
  if (!attempts.some((attempt) => attempt.outcome === 'unknown' && isOpenAtKill(attempt))) return false;
  if (status === 'unknown') return true;
  return fate === 'twice_deferred' && status === 'failed' && statusReason === 'attempts_exhausted';
}
