import { type ReceiptParts, takeReceipt } from './take-receipt.js';

/** Applies the receipts that came before their message id was known, oldest first, and forgets them as orphans. */
export async function placeOrphans(parts: ReceiptParts, providerMessageId: string): Promise<void> {
  for (const receipt of await parts.receipts.findOrphans(providerMessageId)) {
    const result = await takeReceipt(parts, receipt);
    if (result.kind !== 'unmatched') await parts.receipts.removeOrphan(receipt);
  }
}
