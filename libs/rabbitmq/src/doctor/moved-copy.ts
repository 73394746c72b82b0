import { randomUUID } from 'node:crypto';
import type { Publication } from '@earlybird/events';
import { decodeDispatchEnvelope } from '../envelope/decode-dispatch-envelope.js';
import { originalRoutingKey } from '../envelope/decode-event-envelope.js';
import { type Delivery, handlingOf, textHeader } from '../envelope/delivery.js';
import { headers, headersOf } from '../header/headers.js';
import { stripBrokerHeaders } from '../header/strip-broker-headers.js';
import { exchanges, laneOfQueue, queues } from '../topology/names.js';

/**
 * A copy that means in queue `to` what the delivery meant where it lay: publisher and routing key of an event, and the duty
 * to repeat of an envelope that was handed over before, which the broker would only tell of the original.
 */
export function movedCopy(delivery: Delivery, to: string): Publication {
  return {
    exchange: exchanges.byQueueName,
    routingKey: to,
    body: bodyOf(delivery),
    messageId: delivery.messageId ?? randomUUID(),
    contentType: delivery.contentType ?? 'application/octet-stream',
    headers: { ...stripBrokerHeaders(delivery.headers), ...headersOf(originOf(delivery)) },
    at: new Date(),
  };
}

function originOf(delivery: Delivery) {
  if (delivery.exchange !== exchanges.byQueueName && !isEvent(delivery)) return {};
  const isOwnCopy = delivery.exchange === exchanges.byQueueName;
  const publisher = isOwnCopy ? textHeader(delivery, headers.publisher.name) : delivery.userId;
  const handling = handlingOf(delivery, headers.attempt.name);
  return {
    publisher,
    originalRoutingKey: originalRoutingKey(delivery),
    // The second handling of an event repeats what the first may have left undone.
    ...(isEvent(delivery) && delivery.redelivered ? { attempt: Math.max(2, handling) } : {}),
  };
}

const eventQueues: readonly string[] = [queues.events, queues.unrouted];
const isEvent = ({ queue }: Delivery): boolean => eventQueues.includes(queue.replace(/\.aside$/, ''));

function bodyOf(delivery: Delivery): Buffer {
  if (!delivery.redelivered || laneOfQueue(delivery.queue) === undefined) return delivery.body;
  const decoded = decodeDispatchEnvelope(delivery);
  if (!decoded.ok) return delivery.body;
  const { notificationId, attempt } = decoded.envelope;
  return Buffer.from(JSON.stringify({ notificationId, attempt, repeat: true }));
}
