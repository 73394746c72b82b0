import type { Attempt } from '../attempt/attempt.js';
import type { Category, MessageType } from '../message/message-type.js';
import type { Variables } from '../message/variables.js';
import type { Receipt } from '../receipt/receipt.js';
import type { PreferenceDecision } from '../recipient/preference-decision.js';
import type { Recipient } from '../recipient/recipient.js';
import type { DeliveryStatus } from './delivery-status.js';
import type { Lane } from './lane.js';

/** What an admin did to a notification. */
export interface AdminAction {
  readonly at: Date;
  readonly by: string;
  readonly action: 'resent' | 'cancelled' | 'resolved' | 'dismissed' | 'restored' | 'released';
  readonly note?: string;
  /** The replay by which it was done. */
  readonly replay?: string;
}

/** Our decision that one recipient be told one thing over one channel (`notifications_log`, data.md). Absent fields are absent. */
export interface Notification {
  /** `msg_…` */
  readonly id: string;
  readonly idempotencyKey: string;
  /** What caused it; absent when a request over REST did. */
  readonly event?: { readonly type: string; readonly source: string; readonly id: string };
  /** Who asked over REST (the token's client), and a digest of the body, so that a key cannot be used for two requests. */
  readonly requestedBy?: string;
  readonly requestDigest?: string;
  readonly correlationId: string;
  readonly traceparent?: string;
  readonly channel: 'whatsapp';
  readonly recipient: Recipient;
  readonly messageType: MessageType;
  readonly category: Category;
  readonly lane: Lane;
  readonly language: string;
  /** What fills the template. */
  readonly context: Variables;
  readonly templateVersion?: number;
  /** The rendered text; known from the first attempt on. */
  readonly text?: string;
  readonly status: DeliveryStatus;
  /** A stable word, e.g. `no_usable_phone`, `attempts_exhausted`. */
  readonly statusReason?: string;
  /** What preferences decided last, and how they were then. Kept whatever becomes of it. */
  readonly decision?: PreferenceDecision;
  readonly immediate: boolean;
  readonly referenceId?: string;
  /** Not before. */
  readonly dueAt?: Date;
  /** Not after: then it expires. */
  readonly validUntil: Date;
  readonly nextAttemptAt?: Date;
  /** From when its envelope counts as lost (the sweeper's field); absent when nothing must happen any more. */
  readonly wakeAt?: Date;
  readonly sweeps: number;
  /** The number of the latest attempt, 0 before the first. Never goes back. */
  readonly lastAttemptNumber: number;
  readonly attempts: readonly Attempt[];
  readonly receipts: readonly Omit<Receipt, 'providerMessageId'>[];
  readonly providerMessageId?: string;
  readonly resendOf?: string;
  /** The replay that made it. */
  readonly replay?: string;
  readonly resentAs?: string;
  readonly resolved?: { readonly by: string; readonly at: Date; readonly how: string };
  readonly adminActions: readonly AdminAction[];
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** When the recipient's data were taken out. */
  readonly erasedAt?: Date;
  /** When each status was reached first. */
  readonly statusTimes: Readonly<Partial<Record<DeliveryStatus, Date>>>;
}

/** True when a client asked over REST for it to leave at once; for an event `immediate` is only a wish (events.md). */
export function insistsOnNow({ immediate, event }: Pick<Notification, 'immediate' | 'event'>): boolean {
  return immediate && event === undefined;
}

/** The recipient's number (E.164) of a notification that may be sent: without one it would have been suppressed before. */
export function phoneOf({ recipient }: Pick<Notification, 'recipient'>): string {
  return recipient.phone ?? '';
}
