import { type Inbound, type Receipt } from '@earlybird/core';

/** What one call of the webhook said: receipts, inbound messages, what is none of our business, and what cannot be read. */
export interface WebhookReading {
  readonly receipts: readonly Receipt[];
  readonly inbound: readonly Inbound[];
  readonly ignored: number;
  readonly unreadable: readonly { readonly index: number; readonly problem: string }[];
}

/** Reads the provider's reports: one or many, in every shape of provider.md. Never throws. */
export type WebhookReader = (body: unknown, receivedAt: Date) => WebhookReading;
