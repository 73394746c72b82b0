import type { ParkedEvent } from '@earlybird/core';
import { type Headers, headersOf } from './headers.js';

/** The headers that a parked event's envelope carries in the dead-letter queue. */
export function headersOfParked(parked: ParkedEvent): Headers {
  const { reason, detail, publisher, routingKey, correlationId, parkedAt } = parked;
  const told = { reason, detail: detail === '' ? undefined : detail, publisher, correlationId };
  return headersOf({ ...told, originalRoutingKey: routingKey, firstFailedAt: parkedAt });
}
