import type { ParkedEnvelopes, ParkedEvent } from '@earlybird/core';
import { type QueueWalker, walkQueue } from '../consume/walk-queue.js';
import { idOfParked } from '../envelope/id-of-parked.js';
import { headersOf } from '../header/headers.js';
import { exchanges, queues } from '../topology/names.js';
import type { EnvelopePublisher } from './envelope-publisher.js';
import { putBack } from './set-aside.js';

/** What the parked envelopes stand on. */
export interface RabbitmqParkedEnvelopesOptions extends QueueWalker {
  readonly publisher: Pick<EnvelopePublisher, 'publish'>;
}

/** Events are CloudEvents unless their publisher said otherwise. */
const eventType = 'application/cloudevents+json';

/**
 * Event envelopes in `notifications.events.dlq`. The queue is walked through: what is picked is acked, all else is copied
 * behind and acked, because a get with a requeue deletes at the delivery limit (broker.md).
 */
export class RabbitmqParkedEnvelopes implements ParkedEnvelopes {
  constructor(private readonly options: RabbitmqParkedEnvelopesOptions) {}

  async drop(ids: ReadonlySet<string>): Promise<number> {
    if (ids.size === 0) return 0;
    const { publisher, ...walk } = this.options;
    let dropped = 0;
    await walkQueue({
      ...walk,
      queue: queues.eventsDead,
      work: async (batch) => {
        const kept = batch.filter((delivery) => !ids.has(idOfParked(delivery)));
        await Promise.all(kept.map((delivery) => putBack(publisher, delivery)));
        dropped += batch.length - kept.length;
      },
    });
    return dropped;
  }

  /** Our headers name the publisher and the routing key: on the default exchange nobody else can claim them. */
  async putBack({ id, body, contentType, publisher, routingKey, correlationId }: ParkedEvent): Promise<void> {
    await this.options.publisher.publish({
      exchange: exchanges.byQueueName,
      routingKey: queues.events,
      body: Buffer.from(body, 'base64'),
      messageId: id,
      contentType: contentType ?? eventType,
      headers: headersOf({ publisher, originalRoutingKey: routingKey, correlationId, reason: 'replayed' }),
      at: new Date(),
    });
  }
}
