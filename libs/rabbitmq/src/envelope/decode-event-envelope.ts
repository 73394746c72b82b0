import type { EventEnvelope } from '@earlybird/core';
import { headers } from '../header/headers.js';
import { exchanges } from '../topology/names.js';
import { type Delivery, handlingOf, textHeader } from './delivery.js';

/**
 * Reads what the broker says about an event; the body is judged by core's `parseEvent`.
 *
 * The publisher is the user that the broker vouches for. A copy from our own retry queue, or one put back by a replay, was
 * published by the worker: there, and only there, our headers name the original publisher and routing key. No other
 * account may write to the default exchange (broker.md, accounts).
 */
export function decodeEventEnvelope(delivery: Delivery): EventEnvelope {
  const { body, contentType } = delivery;
  const isOwnCopy = delivery.exchange === exchanges.byQueueName;
  const publisher = isOwnCopy ? textHeader(delivery, headers.publisher.name) : delivery.userId;
  const correlationId = textHeader(delivery, headers.correlationId.name);
  const traceparent = textHeader(delivery, headers.traceparent.name);
  return {
    body,
    routingKey: originalRoutingKey(delivery),
    redelivered: delivery.redelivered || handlingOf(delivery, headers.attempt.name) > 1,
    ...(publisher === undefined ? {} : { publisher }),
    ...(contentType === undefined ? {} : { contentType }),
    ...(correlationId === undefined ? {} : { correlationId }),
    ...(traceparent === undefined ? {} : { traceparent }),
  };
}

/** Where the original was published to; our own copies tell it in a header. */
export function originalRoutingKey(delivery: Delivery): string {
  const told =
    delivery.exchange === exchanges.byQueueName ? textHeader(delivery, headers.originalRoutingKey.name) : undefined;
  return told ?? delivery.routingKey;
}
