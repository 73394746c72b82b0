import { type DeliveryStatus, transitions } from '../notification/delivery-status.js';
import type { Receipt, ReceiptStatus } from './receipt.js';

/** The reason of a notification that the provider took and then reported as failed; it is safe to resend. */
export const failedReceipt = 'failed_receipt';

/**
 * Statuses whose reason says why the message left although something spoke against it (`quiet_hours_overridden_by_validity`):
 * a receipt that moves on from them keeps it. Reasons of other statuses tell of a trouble that is over.
 */
export const departedStatuses: readonly DeliveryStatus[] = ['sending', 'sent', 'delivered'];

/** How one kind of receipt moves a notification. */
export interface ReceiptStep {
  readonly to: DeliveryStatus;
  readonly from: readonly DeliveryStatus[];
  /** Where it leads instead when a failed receipt is on record: the provider said "sent" before it said "failed". */
  readonly afterFailedReceipt?: DeliveryStatus;
}

/** The receipt ladder as data: stores turn it into one conditional write, so that receipts may come in any order. */
export const receiptSteps: Readonly<Record<ReceiptStatus, ReceiptStep | undefined>> = {
  queued: undefined,
  sent: { ...transitions.receipt_sent, afterFailedReceipt: 'failed' },
  delivered: transitions.receipt_delivered,
  read: transitions.receipt_read,
  failed: transitions.receipt_failed,
};

/** The status after a receipt. The same set of receipts leads to the same status in every order and however often each comes. */
export function statusAfterReceipt(
  status: DeliveryStatus,
  earlier: readonly Pick<Receipt, 'status'>[],
  receipt: Pick<Receipt, 'status'>,
): DeliveryStatus {
  const step = receiptSteps[receipt.status];
  if (step === undefined || !step.from.includes(status)) return status;
  const failedOnRecord = earlier.some((known) => known.status === 'failed');
  return (failedOnRecord ? step.afterFailedReceipt : undefined) ?? step.to;
}
