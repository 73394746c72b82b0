import type { Trail } from '../kernel/reporter.js';
import type { Receipt } from './receipt.js';

/** Whose receipt it was. `unmatched`: no notification knows this message id (yet). */
export type ReceiptResult = (Trail & { readonly kind: 'applied' | 'duplicate' }) | { readonly kind: 'unmatched' };

/** Port: receipts and those that nobody can place yet. All steps are idempotent. Throws AppError `database_unavailable`. */
export interface ReceiptStore {
  /**
   * Adds the receipt to the notification with its message id, else to the attempt that it refers to (which then gets the
   * message id), and moves the status by `receiptSteps`, in one conditional write. A status that moves is dated by the
   * receipt's `at`; one that moves to `failed` gets the reason `failedReceipt`; one that stays keeps everything it waits for.
   */
  apply(receipt: Receipt): Promise<ReceiptResult>;
  /** Keeps a receipt for 90 days until its message id appears. */
  keepOrphan(receipt: Receipt): Promise<void>;
  /** The kept receipts of a message id, oldest first. */
  findOrphans(providerMessageId: string): Promise<readonly Receipt[]>;
  removeOrphan(receipt: Receipt): Promise<void>;
}
