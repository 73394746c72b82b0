import type { DispatchEnvelope, DispatchQueue, Lane, WaitingStory } from '@earlybird/core';
import type { BrokerConnection } from '../connection/broker-connection.js';
import { lookAtQueue } from '../connection/look-at-queue.js';
import type { DispatchBody } from '../envelope/decode-dispatch-envelope.js';
import { headersOf } from '../header/headers.js';
import { deferQueue, laneQueue, queues, retryQueue } from '../topology/names.js';
import type { Route } from './dispatch-route.js';
import type { EnvelopePublisher } from './envelope-publisher.js';
import { jsonPublication } from './json-publication.js';

/**
 * A second or third attempt was promised for a time, a first one for as soon as may be: behind a backlog of first ones it
 * would come late. A quorum queue lets 5 and more go first, two to one, so that neither kind starves.
 */
const repeatedFirst = 5;

/** What the dispatch queue stands on. */
export interface RabbitmqDispatchQueueOptions {
  readonly publisher: Pick<EnvelopePublisher, 'publish'>;
  /** Asked for depths. */
  readonly connection: Pick<BrokerConnection, 'withChannel'>;
  /** `byQueueName` for the worker; `byInternalExchange` for the api, which may only enqueue. */
  readonly route: Route;
  /** The wait of the defer queue, as in the topology. */
  readonly deferDelayMs: number;
}

/**
 * The dispatch lanes on RabbitMQ. Every call resolves when the broker has confirmed; throws AppError `broker_unavailable`,
 * `publish_unconfirmed`, or `publish_returned` when a queue is missing. The same envelope published twice does no harm:
 * the attempts in the notification are the only counter (broker.md).
 */
export class RabbitmqDispatchQueue implements DispatchQueue {
  constructor(private readonly options: RabbitmqDispatchQueueOptions) {}

  enqueue(envelope: DispatchEnvelope): Promise<void> {
    return this.#publish(laneQueue(envelope.lane), envelope);
  }

  retryLater(envelope: DispatchEnvelope, delayMs: number, story: WaitingStory): Promise<void> {
    return this.#publish(retryQueue(laneQueue(envelope.lane), delayMs), envelope, story);
  }

  defer(envelope: DispatchEnvelope, story: WaitingStory): Promise<void> {
    const { deferDelayMs } = this.options;
    const nextAttemptAt = story.nextAttemptAt ?? new Date(Date.now() + deferDelayMs);
    return this.#publish(deferQueue(laneQueue(envelope.lane), deferDelayMs), envelope, { ...story, nextAttemptAt });
  }

  park(envelope: DispatchEnvelope, story: WaitingStory): Promise<void> {
    return this.#publish(queues.dispatchDead, envelope, story);
  }

  depth(lane: Lane): Promise<number> {
    return this.options.connection.withChannel(async (channel) => (await lookAtQueue(channel, laneQueue(lane))).ready);
  }

  async #publish(queue: string, envelope: DispatchEnvelope, story?: WaitingStory): Promise<void> {
    const { notificationId, attempt, lane, repeat, correlationId, traceparent } = envelope;
    const body: DispatchBody = { notificationId, attempt, repeat };
    const waits = story === undefined ? {} : { ...story, originalRoutingKey: laneQueue(lane) };
    await this.options.publisher.publish(
      jsonPublication(this.options.route(queue), {
        messageId: `${notificationId}/${attempt}`,
        body,
        headers: headersOf({ notificationId, attempt, correlationId, traceparent, ...waits }),
        ...(attempt > 1 && { priority: repeatedFirst }),
        at: new Date(),
      }),
    );
  }
}
