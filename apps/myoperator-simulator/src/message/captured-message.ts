import { type SentMessage } from '../contract/sent-message.js';

/** What the ticks of a chat say. */
export type MessageStatus = 'accepted' | 'sent' | 'delivered' | 'read' | 'failed';

/** What a receipt can say. */
export const receiptStatuses = ['sent', 'delivered', 'read', 'failed'] as const;

/** The status that a receipt reports. */
export type ReceiptStatus = (typeof receiptStatuses)[number];

/**
 * How a receipt fared at the webhook: `waiting` for its turn or between two tries, `taken` (2xx), `refused` (any other answer
 * but 5xx), `given-up` after too many tries, `nowhere` when no webhook is configured.
 */
export type Handover = 'waiting' | 'taken' | 'refused' | 'given-up' | 'nowhere';

/** One report about a message, on its way to the webhook or there. */
export interface SentReceipt {
  readonly eventId: string;
  readonly status: ReceiptStatus;
  /** When the status came about, ISO 8601; not when the receipt was posted. */
  readonly at: string;
  readonly errorCode?: string;
  handover: Handover;
  tries: number;
  /** The webhook's last answer. */
  httpStatus?: number;
}

/** What the customer wrote back. */
export interface CustomerReply {
  readonly id: string;
  readonly text: string;
  readonly at: string;
  handover: Handover;
}

/** A message that the customer has. Only its status, receipts and replies change. */
export interface CapturedMessage extends SentMessage {
  /** The provider's message id. */
  readonly id: string;
  /** The journal's name of the request that brought it. */
  readonly request: string;
  readonly receivedAt: string;
  readonly notificationId?: string;
  readonly attempt?: string;
  status: MessageStatus;
  readonly receipts: SentReceipt[];
  readonly replies: CustomerReply[];
}
