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

/** Every notification whose end is not that of its event, with one exception: an attempt caught by a kill may stay unknown. */
export function findWrongEnds({ planned, notifications }: Evidence, explained: Explained): readonly string[] {
  const fates = new Map(planned.map(({ id, fate }) => [id, fate]));
  return notifications.flatMap((notification) => {
    const fate = fates.get(notification.event?.id ?? '');
    if (fate === undefined || fate === 'invalid') return [`${notification._id} has no event of this run`];
    if (ends[fate].includes(notification.status) || isHonestDoubt(notification, explained)) return [];
    const { _id, status, statusReason = '' } = notification;
    return [`${_id} (${fate}) is ${status} ${statusReason}`.trim()];
  });
}

function isHonestDoubt({ status, attempts }: RecordedNotification, { isOpenAtKill }: Explained): boolean {
  return status === 'unknown' && attempts.some((attempt) => attempt.outcome === 'unknown' && isOpenAtKill(attempt));
}
