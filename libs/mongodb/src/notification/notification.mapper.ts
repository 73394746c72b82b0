import { AppError, type Notification, deliveryStatuses, receiptKey } from '@earlybird/core';
import { type StoredAttempt, type StoredNotification, type StoredReceipt } from './stored-notification.js';

const dayMs = 24 * 3_600_000;

/** The document of a new notification. It is deleted `retentionDays` after its creation, whatever becomes of it. */
export function toStoredNotification(notification: Notification, retentionDays: number): StoredNotification {
  const { id, receipts, ...rest } = notification;
  const providerMessageId = notification.providerMessageId ?? id;
  return {
    _id: id,
    ...rest,
    receipts: receipts.map((receipt) => ({ ...receipt, key: receiptKey({ ...receipt, providerMessageId }) })),
    expireAt: new Date(notification.createdAt.getTime() + retentionDays * dayMs),
  };
}

/** What every reader relies on; a document without one of these was not written by this service. */
const relied = [
  'idempotencyKey',
  'recipient',
  'messageType',
  'context',
  'validUntil',
  'createdAt',
  'statusTimes',
] as const;

/** The notification of a document. Throws AppError `stored_document_invalid` that names id and field. */
export function toNotification(stored: StoredNotification): Notification {
  const missing = relied.find((field) => stored[field] === undefined);
  if (missing !== undefined) throw unreadable(stored, missing);
  if (!deliveryStatuses.includes(stored.status)) throw unreadable(stored, 'status');
  const { _id: id, expireAt: _expireAt, attempts, receipts, ...rest } = stored;
  if (!Array.isArray(attempts)) throw unreadable(stored, 'attempts');
  if (!Array.isArray(receipts)) throw unreadable(stored, 'receipts');
  return { ...rest, id, attempts: attempts.map(toAttempt), receipts: receipts.map(toReceipt) };
}

function toAttempt({ token: _token, ...attempt }: StoredAttempt): Notification['attempts'][number] {
  return attempt;
}

function toReceipt({ key: _key, ...receipt }: StoredReceipt): Notification['receipts'][number] {
  return receipt;
}

function unreadable({ _id }: StoredNotification, field: string): AppError {
  return new AppError('stored_document_invalid', `notifications_log ${_id}: field ${field} is missing or wrong`);
}
