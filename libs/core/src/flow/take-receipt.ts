import type { DeliveryStatus } from '../notification/delivery-status.js';
import type { Receipt } from '../receipt/receipt.js';
import type { FailureMeaning } from '../receipt/failure-meaning.js';
import type { ReceiptResult } from '../receipt/receipt-store.js';
import { type ConsequenceParts, drawConsequence } from './draw-consequence.js';
import type { FlowParts } from './flow-parts.js';

/** What taking a receipt stands on. */
export type ReceiptParts = ConsequenceParts & Pick<FlowParts, 'receipts' | 'notifications' | 'gate' | 'judgeFailure'>;

/** Who has got it can be reached and may be told, whatever the provider says besides. */
const arrived: readonly DeliveryStatus[] = ['delivered', 'read'];

/**
 * Applies a receipt; a failed one leads beyond its notification to what the same direct answer leads to (provider.md). A double
 * does so too: whoever recorded it first may have died in between. Idempotent. Throws AppError `database_unavailable`.
 */
export async function takeReceipt(parts: ReceiptParts, receipt: Receipt): Promise<ReceiptResult> {
  const result = await parts.receipts.apply(receipt);
  if (result.kind === 'unmatched' || receipt.status !== 'failed') return result;
  const meaning = parts.judgeFailure(receipt.errorCode);
  if (meaning.isAccount === true) await haltSending(parts, receipt, meaning);
  if (meaning.consequence === undefined) return result;
  const notification = await parts.notifications.find(result.notificationId);
  if (notification !== undefined && !arrived.includes(notification.status))
    await drawConsequence(parts, notification, meaning, receipt.at);
  return result;
}

/** What a receipt says of the account counts from the provider's clock, which may go ahead of ours. */
async function haltSending(
  { gate, clock }: ReceiptParts,
  { at, errorCode }: Receipt,
  { reason }: FailureMeaning,
): Promise<void> {
  const now = clock.now();
  const cause = { scope: 'account', reason, ...(errorCode === undefined ? {} : { errorCode }) } as const;
  await gate.halt(cause, at < now ? at : now);
}
