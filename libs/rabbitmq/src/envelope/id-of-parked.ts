import { parkedEventId } from '@earlybird/core';
import { headers } from '../header/headers.js';
import { type Delivery, textHeader } from './delivery.js';

/** The id by which an event envelope in the dead-letter queue is on record; our own headers name its publisher and routing key. */
export function idOfParked(delivery: Delivery): string {
  const routingKey = textHeader(delivery, headers.originalRoutingKey.name) ?? delivery.routingKey;
  const publisher = textHeader(delivery, headers.publisher.name) ?? 'unknown';
  return parkedEventId(delivery.body, routingKey, publisher);
}
