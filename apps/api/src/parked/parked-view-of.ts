import { type ParkedEvent } from '@earlybird/core';
import { type ApiParts } from '../api-parts.js';
import { maskedBody } from './masked-body.js';
import { type ParkedView } from './parked-view.js';

/** A parked event as the api shows it. */
export function parkedViewOf(parked: ParkedEvent, headersOf: ApiParts['parkedHeaders']): ParkedView {
  const { id, reason, detail, publisher, routingKey, eventId, correlationId, body, parkedAt, settled } = parked;
  return {
    id,
    reason,
    detail,
    publisher,
    routing_key: routingKey,
    event_id: eventId,
    correlation_id: correlationId,
    parked_at: parkedAt.toISOString(),
    settled: settled === undefined ? undefined : { ...settled, at: settled.at.toISOString() },
    headers: headersOf(parked),
    ...(body === '' ? {} : { body: maskedBody(body) }),
  };
}
