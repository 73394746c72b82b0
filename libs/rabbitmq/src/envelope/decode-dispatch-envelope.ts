import type { DispatchEnvelope } from '@earlybird/core';
import { z } from 'zod';
import { headers } from '../header/headers.js';
import { laneOfQueue } from '../topology/names.js';
import { type Decoded, decodeJson } from './decoded.js';
import { type Delivery, textHeader } from './delivery.js';

const bodySchema = z.object({
  notificationId: z.string().min(1).max(200),
  attempt: z.int().positive(),
  repeat: z.boolean(),
});

/** The body of a dispatch envelope: where to look, and nothing personal. */
export type DispatchBody = z.infer<typeof bodySchema>;

/** Reads a dispatch envelope. The lane is the queue that it came from; the duty to repeat comes from the body or the broker. Never throws. */
export function decodeDispatchEnvelope(delivery: Delivery): Decoded<DispatchEnvelope> {
  const lane = laneOfQueue(delivery.queue);
  if (lane === undefined) return { ok: false, detail: `${delivery.queue} is no dispatch queue` };
  const body = decodeJson(delivery.body, bodySchema);
  if (!body.ok) return body;
  const { notificationId, attempt, repeat } = body.envelope;
  const traceparent = textHeader(delivery, headers.traceparent.name);
  return {
    ok: true,
    envelope: {
      notificationId,
      attempt,
      lane,
      repeat: repeat || delivery.redelivered,
      correlationId: textHeader(delivery, headers.correlationId.name) ?? notificationId,
      ...(traceparent === undefined ? {} : { traceparent }),
    },
  };
}
