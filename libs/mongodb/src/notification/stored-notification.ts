import { type Attempt, type Notification, type Receipt } from '@earlybird/core';

/** An attempt as it is stored. */
export interface StoredAttempt extends Attempt {
  /** What only the writer of its start or finish knows, so that a grouped write can tell whether it was the one that won. */
  readonly token?: string;
}

/** A receipt as it is stored beside its notification. */
export interface StoredReceipt extends Omit<Receipt, 'providerMessageId'> {
  /** By what it is recognised when it comes again (`receiptKey`). */
  readonly key: string;
}

/** One document of `notifications_log` (data.md): the notification itself, its id as `_id`. */
export interface StoredNotification extends Omit<Notification, 'id' | 'attempts' | 'receipts'> {
  readonly _id: string;
  readonly attempts: readonly StoredAttempt[];
  readonly receipts: readonly StoredReceipt[];
  /** When MongoDB deletes it. */
  readonly expireAt: Date;
}
