import type { Clock } from '../kernel/clock.js';
import type { DeliveryStatus } from '../notification/delivery-status.js';
import type { Notification } from '../notification/notification.js';
import type { NotificationStore } from '../notification/notification-store.js';

/** The first look comes soon, because an attempt usually takes some tens of milliseconds; later ones spare the database. */
const firstPauseMs = 25;
const longestPauseMs = 200;
const growth = 1.5;

/** Statuses in which an attempt may still be on its way. */
const onItsWay: readonly DeliveryStatus[] = ['queued', 'sending'];

/**
 * Watches one notification by its id until it is neither queued nor sending, `waitMs` have passed or `isStopping` says so,
 * and answers with it as it is then (architecture.md, immediate sends). Throws AppError `database_unavailable`.
 */
export function awaitOutcome(parts: {
  readonly notifications: Pick<NotificationStore, 'find'>;
  readonly clock: Clock;
  readonly isStopping?: () => boolean;
}): (notification: Notification, waitMs: number) => Promise<Notification> {
  return async (notification, waitMs) => {
    const deadline = parts.clock.steadyMs() + waitMs;
    let latest = notification;
    for (let pauseMs = firstPauseMs; onItsWay.includes(latest.status);) {
      const leftMs = deadline - parts.clock.steadyMs();
      if (leftMs <= 0 || parts.isStopping?.() === true) return latest;
      await parts.clock.sleep(Math.min(pauseMs, leftMs));
      latest = (await parts.notifications.find(notification.id)) ?? latest;
      pauseMs = Math.min(Math.round(pauseMs * growth), longestPauseMs);
    }
    return latest;
  };
}
