import type { AuditLog } from '../audit/audit-log.js';
import type { Clock } from '../kernel/clock.js';
import { type DeliveryStatus, transitions } from '../notification/delivery-status.js';
import type { NotificationDesk } from '../notification/notification-desk.js';
import type { NotificationHistory } from '../notification/notification-history.js';
import { maskPhone } from '../recipient/phone-number.js';
import type { RecipientEraser } from '../recipient/recipient-eraser.js';
import type { Deed } from './cancel-notification.js';

interface Parts {
  readonly history: NotificationHistory;
  readonly desk: NotificationDesk;
  readonly eraser: RecipientEraser;
  readonly audit: AuditLog;
  readonly clock: Clock;
}

/** What was done. */
export interface Erasure {
  readonly cancelled: number;
  readonly notifications: number;
  readonly settings: number;
  readonly parkedEvents: number;
}

const waiting: readonly DeliveryStatus[] = transitions.cancelled.from;
const pageSize = 200;
/** While a number is erased, events about it may still come in; this often they are looked for again. */
const mostRounds = 5;

/**
 * Erases a recipient by the number: cancels what waits, then takes the personal data out of notifications, settings and
 * parked events. What is being sent at this moment leaves; its document is erased too. Can be repeated.
 */
export function eraseRecipient(parts: Parts): (phone: string, deed: Deed) => Promise<Erasure> {
  return async (phone, { by }) => {
    const at = parts.clock.now();
    const cancelled = await cancelWaiting(parts, phone, by, at);
    let notifications = 0;
    for (let round = 0; round < mostRounds; round += 1) {
      const touched = await parts.eraser.eraseNotifications(phone, at);
      if (touched === 0) break;
      notifications += touched;
    }
    const settings = await parts.eraser.eraseSettings(phone);
    await parts.eraser.eraseReplays(phone);
    const parkedEvents = await parts.eraser.eraseParkedEvents(phone);
    const erasure = { cancelled, notifications, settings, parkedEvents };
    await parts.audit.record({
      at,
      by,
      action: 'recipient_erased',
      subject: maskPhone(phone),
      details: { ...erasure },
    });
    return erasure;
  };
}

async function cancelWaiting({ history, desk }: Parts, phone: string, by: string, at: Date): Promise<number> {
  const action = { at, by, action: 'cancelled' } as const;
  let cancelled = 0;
  for (const status of waiting) {
    const found = await everyPage(history, phone, status);
    for (const id of found) {
      const change = { id, ...transitions.cancelled, reason: 'recipient_erased', at, action };
      if (await desk.changeStatus(change)) cancelled += 1;
    }
  }
  return cancelled;
}

async function everyPage(
  history: NotificationHistory,
  phone: string,
  status: DeliveryStatus,
): Promise<readonly string[]> {
  const ids: string[] = [];
  for (;;) {
    const page = await history.search({ phone, status }, { limit: pageSize, skip: ids.length });
    ids.push(...page.map(({ id }) => id));
    if (page.length < pageSize) return ids;
  }
}
