import {
  type Notification,
  type Receipt,
  type ReceiptResult,
  type ReceiptStore,
  departedStatuses,
  failedReceipt,
  receiptKey,
  statusAfterReceipt,
  trailOf,
} from '@earlybird/core';
import { deepCopy } from './deep-copy.js';
import { type MemoryLog, moved, turn } from './memory-log.js';

/** Receipts in memory, on the same log as the notifications. */
export class MemoryReceipts implements ReceiptStore {
  private readonly orphans = new Map<string, Receipt>();

  constructor(private readonly log: MemoryLog) {}

  async apply(receipt: Receipt): Promise<ReceiptResult> {
    await turn();
    const known = this.match(receipt);
    if (known === undefined) return { kind: 'unmatched' };
    const fresh = !known.receipts.some((earlier) => keyOf(earlier, receipt) === receiptKey(receipt));
    if (fresh) this.log.put(withReceipt(withId(known, receipt), receipt));
    return { kind: fresh ? 'applied' : 'duplicate', ...trailOf(known) };
  }

  async keepOrphan(receipt: Receipt): Promise<void> {
    await turn();
    const key = receiptKey(receipt);
    if (!this.orphans.has(key)) this.orphans.set(key, deepCopy(receipt));
  }

  async findOrphans(providerMessageId: string): Promise<readonly Receipt[]> {
    await turn();
    return deepCopy([...this.orphans.values()])
      .filter((orphan) => orphan.providerMessageId === providerMessageId)
      .sort((left, right) => left.at.getTime() - right.at.getTime());
  }

  async removeOrphan(receipt: Receipt): Promise<void> {
    await turn();
    this.orphans.delete(receiptKey(receipt));
  }

  private match({ providerMessageId, reference }: Receipt): Notification | undefined {
    const [byId] = this.log.filter(({ attempts }) =>
      attempts.some((attempt) => attempt.providerMessageId === providerMessageId),
    );
    if (byId !== undefined || reference === undefined) return byId;
    const referred = this.log.get(reference.notificationId);
    return referred?.attempts.some(({ number }) => number === reference.attempt) === true ? referred : undefined;
  }
}

function keyOf(earlier: Notification['receipts'][number], { providerMessageId }: Receipt): string {
  return receiptKey({ ...earlier, providerMessageId });
}

/** An attempt that a receipt refers to learns its message id, so that the next receipt needs no reference. */
function withId(known: Notification, { providerMessageId, reference }: Receipt): Notification {
  if (known.attempts.some((attempt) => attempt.providerMessageId === providerMessageId)) return known;
  const attempts = known.attempts.map((attempt) =>
    attempt.number === reference?.attempt ? { providerMessageId, ...attempt } : attempt,
  );
  return { ...known, attempts, providerMessageId: known.providerMessageId ?? providerMessageId };
}

function withReceipt(known: Notification, receipt: Receipt): Notification {
  const { providerMessageId: _, ...entry } = receipt;
  const to = statusAfterReceipt(known.status, known.receipts, receipt);
  const recorded = { ...known, receipts: [...known.receipts, entry], updatedAt: receipt.receivedAt };
  if (to === known.status) return recorded;
  const reason = to === 'failed' ? { statusReason: failedReceipt } : reasonKept(known);
  return { ...moved(recorded, to, receipt.at, reason), updatedAt: receipt.receivedAt };
}

function reasonKept({ status, statusReason }: Notification): Pick<Notification, 'statusReason'> {
  return departedStatuses.includes(status) && statusReason !== undefined ? { statusReason } : {};
}
