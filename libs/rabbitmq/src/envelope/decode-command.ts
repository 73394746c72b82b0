import { type CommandOrder, commandSchema } from '@earlybird/core';
import { z } from 'zod';
import { type Decoded, decodeJson } from './decoded.js';
import type { Delivery } from './delivery.js';

const bodySchema = z.object({
  id: z.string().min(1).max(200),
  command: commandSchema,
  by: z.string().min(1).max(500),
  at: z.iso.datetime().transform((text) => new Date(text)),
});

/** Reads a command as `RabbitmqCommandQueue` wrote it. Never throws. */
export function decodeCommand(delivery: Delivery): Decoded<CommandOrder> {
  return decodeJson(delivery.body, bodySchema);
}
