/** What a receipt can say. `queued` tells nothing that we do not know and changes nothing. */
export const receiptStatuses = ['queued', 'sent', 'delivered', 'read', 'failed'] as const;
export type ReceiptStatus = (typeof receiptStatuses)[number];

/** The provider's later report about one message. */
export interface Receipt {
  readonly providerMessageId: string;
  /** Our own id and attempt, where the provider echoes them (`chat`). */
  readonly reference?: { readonly notificationId: string; readonly attempt: number };
  readonly status: ReceiptStatus;
  /** The provider's clock. */
  readonly at: Date;
  readonly receivedAt: Date;
  /** The provider's id of the report; else absent, and (message id, status, at) tells doubles apart. */
  readonly eventId?: string;
  readonly errorCode?: string;
}

/** By what a receipt is recognised when it comes again. */
export function receiptKey(receipt: Receipt): string {
  return receipt.eventId ?? `${receipt.providerMessageId}|${receipt.status}|${receipt.at.toISOString()}`;
}
