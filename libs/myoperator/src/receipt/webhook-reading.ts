import { type Receipt } from '@earlybird/core';

/** A text that a customer sent to us. */
export interface InboundMessage {
  /** E.164. */
  readonly phone: string;
  /** As it was written; absent for a picture, a voice message and the like. */
  readonly text?: string;
  /** The provider's clock. */
  readonly at: Date;
  readonly receivedAt: Date;
  /** The provider's id of the event, or of the message where there is none; tells doubles apart. */
  readonly eventId: string;
}

/** One report of the provider that could not be read, and why. The rest of its batch is read all the same. */
export interface UnreadableReport {
  /** Position in the batch, from 0. */
  readonly index: number;
  /** Names the field, without its value: a value may be personal. */
  readonly problem: string;
}

/** Everything that one call of the webhook said. */
export interface WebhookReading {
  readonly receipts: readonly Receipt[];
  readonly inbound: readonly InboundMessage[];
  /** Well-formed events that are none of our business, such as the start of a session. */
  readonly ignored: number;
  readonly unreadable: readonly UnreadableReport[];
}
