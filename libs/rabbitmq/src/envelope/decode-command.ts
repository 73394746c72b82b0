import { type CommandOrder, commandSchema } from '@earlybird/core';
import { z } from 'zod';
import { headers } from '../header/headers.js';
import { type Decoded, decodeJson } from './decoded.js';
import { type Delivery, textHeader } from './delivery.js';

const bodySchema = z.object({
  id: z.string().min(1).max(200),
  command: commandSchema,
  by: z.string().min(1).max(500),
  at: z.iso.datetime().transform((text) => new Date(text)),
});

/** Reads a command as `RabbitmqCommandQueue` wrote it. Never throws. */
export function decodeCommand(delivery: Delivery): Decoded<CommandOrder> {
  const body = decodeJson(delivery.body, bodySchema);
  if (!body.ok) return body;
  const traceparent = textHeader(delivery, headers.traceparent.name);
  return { ok: true, envelope: { ...body.envelope, ...(traceparent === undefined ? {} : { traceparent }) } };
}
