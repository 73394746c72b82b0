import { z } from 'zod';
import type { Delivery } from './delivery.js';

const deathSchema = z.looseObject({
  queue: z.string(),
  exchange: z.string(),
  'routing-keys': z.array(z.string()).min(1),
});

/** How the broker came to set an envelope aside by itself. */
export interface Death {
  /** The queue that gave it up. */
  readonly queue: string;
  /** How it had come there: '' when the worker had moved it. */
  readonly exchange: string;
  readonly routingKey: string;
}

/**
 * The last death in the broker's own header; undefined for an envelope that one of our processes put there, because our
 * copies carry no such header (broker.md).
 */
export function deathOf({ headers }: Pick<Delivery, 'headers'>): Death | undefined {
  const deaths = headers['x-death'];
  const parsed = deathSchema.safeParse(Array.isArray(deaths) ? deaths[0] : undefined);
  if (!parsed.success) return undefined;
  const { queue, exchange, 'routing-keys': keys } = parsed.data;
  return { queue, exchange, routingKey: keys[0] ?? '' };
}
