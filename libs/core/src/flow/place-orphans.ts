import type { FlowParts } from './flow-parts.js';

/** Applies the receipts that came before their message id was known, oldest first, and forgets them as orphans. */
export async function placeOrphans(
  { receipts }: Pick<FlowParts, 'receipts'>,
  providerMessageId: string,
): Promise<void> {
  for (const receipt of await receipts.findOrphans(providerMessageId)) {
    const result = await receipts.apply(receipt);
    if (result.kind !== 'unmatched') await receipts.removeOrphan(receipt);
  }
}
