import { type Receipt, receiptStatuses } from '@earlybird/core';
import { z } from 'zod';
import { headers } from '../header/headers.js';
import { type Decoded, decodeJson } from './decoded.js';
import { type Delivery, textHeader } from './delivery.js';

/** A receipt on its way from the webhook. */
export interface ReceiptEnvelope {
  readonly receipt: Receipt;
  /** W3C trace context of the call of the webhook. */
  readonly traceparent?: string;
}

const time = z.iso.datetime().transform((text) => new Date(text));

const bodySchema = z.object({
  providerMessageId: z.string().min(1).max(500),
  reference: z.object({ notificationId: z.string().min(1).max(200), attempt: z.int().positive() }).exactOptional(),
  status: z.enum(receiptStatuses),
  at: time,
  receivedAt: time,
  eventId: z.string().min(1).max(500).exactOptional(),
  errorCode: z.string().min(1).max(500).exactOptional(),
});

/** Reads a receipt as `RabbitmqReceiptQueue` wrote it. Never throws. */
export function decodeReceipt(delivery: Delivery): Decoded<ReceiptEnvelope> {
  const body = decodeJson(delivery.body, bodySchema);
  if (!body.ok) return body;
  const traceparent = textHeader(delivery, headers.traceparent.name);
  return { ok: true, envelope: { receipt: body.envelope, ...(traceparent === undefined ? {} : { traceparent }) } };
}
