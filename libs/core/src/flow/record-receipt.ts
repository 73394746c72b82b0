import type { Receipt } from '../receipt/receipt.js';
import type { ReceiptResult } from '../receipt/receipt-store.js';
import type { FlowParts } from './flow-parts.js';
import { placeOrphans } from './place-orphans.js';
import { type ReceiptParts, takeReceipt } from './take-receipt.js';

/**
 * Applies one receipt to its notification, with what a failed one leads to. One whose message id nobody knows is kept as an
 * orphan and then tried once more: whichever of "the id is stored" and "the orphan is stored" comes last finds the other (data.md).
 */
export function recordReceipt(parts: ReceiptParts & Pick<FlowParts, 'reporter'>): (receipt: Receipt) => Promise<void> {
  return async (receipt) => {
    const { kind: result, ...trail } = await applyOrKeep(parts, receipt);
    const { status } = receipt;
    parts.reporter.report({
      kind: 'receipt_recorded',
      ...trail,
      status,
      result: result === 'unmatched' ? 'orphaned' : result,
    });
  };
}

async function applyOrKeep(parts: ReceiptParts, receipt: Receipt): Promise<ReceiptResult> {
  const first = await takeOne(parts, receipt);
  if (first.kind !== 'unmatched') return first;
  await parts.receipts.keepOrphan(receipt);
  const second = await takeOne(parts, receipt);
  if (second.kind !== 'unmatched') await parts.receipts.removeOrphan(receipt);
  return second;
}

/** One that names our own attempt may be the first to tell its message id: those that came before it can be placed now. */
async function takeOne(parts: ReceiptParts, receipt: Receipt): Promise<ReceiptResult> {
  const result = await takeReceipt(parts, receipt);
  if (result.kind !== 'unmatched' && receipt.reference !== undefined)
    await placeOrphans(parts, receipt.providerMessageId);
  return result;
}
