import { randomUUID } from 'node:crypto';
import { type Headers, headers, headersOf } from '../header/headers.js';
import { stripBrokerHeaders } from '../header/strip-broker-headers.js';
import { originalRoutingKey } from '../envelope/decode-event-envelope.js';
import { type Delivery, handlingOf, textHeader } from '../envelope/delivery.js';
import { exchanges } from '../topology/names.js';
import type { EnvelopePublisher } from './envelope-publisher.js';

/** Why an envelope waits or was set aside, for its headers. */
export interface SetAsideStory {
  /** A stable word: `invalid_data`, `poison` … */
  readonly reason: string;
  /** More words, without personal data. */
  readonly detail?: string;
  readonly errorCode?: string;
}

type Publishes = Pick<EnvelopePublisher, 'publish'>;

/**
 * Copies a delivery as it came into its dead-letter queue, with the reason, the publisher and the original routing key in the
 * headers. Resolves when the broker has confirmed the copy; the original may be acked then. Throws as `EnvelopePublisher.publish`.
 */
export function park(
  publisher: Publishes,
  delivery: Delivery,
  deadLetterQueue: string,
  story: SetAsideStory,
): Promise<void> {
  return publishCopy(publisher, delivery, deadLetterQueue, headersOf({ ...story, ...origin(delivery) }));
}

/** Where a transient trouble waits, and how often. */
export interface RetryRoute {
  readonly retryQueue: string;
  readonly delayMs: number;
  /** Ways through the retry queue, before the envelope is parked. */
  readonly mostRetries: number;
  readonly deadLetterQueue: string;
}

/** Copies a delivery into its delay queue, or parks it when it has been there often enough. Resolves and throws as `park`. */
export async function retryLater(
  publisher: Publishes,
  delivery: Delivery,
  route: RetryRoute,
  story: SetAsideStory,
): Promise<'waiting' | 'parked'> {
  const handling = handlingOf(delivery, headers.attempt.name);
  if (handling > route.mostRetries) {
    await park(publisher, delivery, route.deadLetterQueue, story);
    return 'parked';
  }
  const waiting = { attempt: handling + 1, nextAttemptAt: new Date(Date.now() + route.delayMs) };
  await publishCopy(publisher, delivery, route.retryQueue, headersOf({ ...story, ...waiting, ...origin(delivery) }));
  return 'waiting';
}

/** Copies a delivery behind the others in its own queue, as it is. Resolves and throws as `park`. */
export function putBack(publisher: Publishes, delivery: Delivery, told: Headers = {}): Promise<void> {
  return publishCopy(publisher, delivery, delivery.queue, told);
}

function origin(delivery: Delivery) {
  const isOwnCopy = delivery.exchange === exchanges.byQueueName;
  const told = isOwnCopy ? textHeader(delivery, headers.publisher.name) : undefined;
  const firstFailedAt = isOwnCopy ? textHeader(delivery, headers.firstFailedAt.name) : undefined;
  return {
    publisher: told ?? delivery.userId,
    originalRoutingKey: originalRoutingKey(delivery),
    firstFailedAt: firstFailedAt ?? new Date(),
  };
}

function publishCopy(publisher: Publishes, delivery: Delivery, queue: string, told: Headers): Promise<void> {
  return publisher.publish({
    exchange: exchanges.byQueueName,
    routingKey: queue,
    body: delivery.body,
    messageId: delivery.messageId ?? randomUUID(),
    contentType: delivery.contentType ?? 'application/octet-stream',
    headers: { ...stripBrokerHeaders(delivery.headers), ...told },
    at: new Date(),
  });
}
