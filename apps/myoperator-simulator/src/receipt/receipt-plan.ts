import { type MessageFault } from '../fault/fault.js';
import { type ReceiptStatus } from '../message/captured-message.js';

/** One report, or one reply of the customer, due some time after the message was accepted. */
export type ReceiptStep =
  | {
      readonly kind: 'receipt';
      readonly afterMs: number;
      readonly status: ReceiptStatus;
      readonly times: number;
      readonly errorCode?: string;
    }
  | { readonly kind: 'reply'; readonly afterMs: number; readonly text: string };

const ladder = ['sent', 'delivered', 'read'] as const;

/**
 * What is reported about an accepted message, in this order: sent, delivered, read, unless a fault has it otherwise.
 *
 * @param delaysMs for each of the three, milliseconds after acceptance; a shorter list ends the ladder earlier, an empty one means
 * that nothing is reported
 */
export function receiptPlan(delaysMs: readonly number[], fault: MessageFault | undefined): readonly ReceiptStep[] {
  const statuses = ladder.slice(0, delaysMs.length);
  const [firstMs, lastMs] = [delaysMs[0], delaysMs.at(-1) ?? 0];
  if (fault?.fault === 'reply')
    return [...inOrder(statuses, delaysMs, 1), { kind: 'reply', afterMs: lastMs, text: fault.text }];
  if (firstMs === undefined) return [];
  if (fault?.fault === 'failed-receipt') {
    return [{ kind: 'receipt', afterMs: firstMs, status: 'failed', times: 1, errorCode: fault.code }];
  }
  if (fault?.fault === 'shuffled-receipts') return inOrder(statuses.toReversed(), delaysMs, 2);
  return inOrder(statuses, delaysMs, 1);
}

function inOrder(
  statuses: readonly ReceiptStatus[],
  delaysMs: readonly number[],
  times: number,
): readonly ReceiptStep[] {
  return statuses.map((status, index) => ({ kind: 'receipt', afterMs: delaysMs[index] ?? 0, status, times }));
}
