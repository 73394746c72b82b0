import { type Receipt, receiptStatuses } from '@earlybird/core';
import { z } from 'zod';
import { type Decoded, decodeJson } from './decoded.js';
import type { Delivery } from './delivery.js';

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
export function decodeReceipt(delivery: Delivery): Decoded<Receipt> {
  return decodeJson(delivery.body, bodySchema);
}
