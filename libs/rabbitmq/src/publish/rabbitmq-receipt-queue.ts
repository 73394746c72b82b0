import { createHash } from 'node:crypto';
import { type Receipt, receiptKey } from '@earlybird/core';
import type { Delivery } from '../envelope/delivery.js';
import { headersOf } from '../header/headers.js';
import { queues, retryQueue } from '../topology/names.js';
import { defaultReceiptRetryDelayMs } from '../topology/topology.js';
import type { Route } from './dispatch-route.js';
import type { EnvelopePublisher } from './envelope-publisher.js';
import { jsonPublication } from './json-publication.js';
import { retryLater, type SetAsideStory } from './set-aside.js';

/** A minute of five-second waits: what is not cured by then wants a person. */
const mostRetries = 12;

/** What the receipts' queue stands on. */
export interface RabbitmqReceiptQueueOptions {
  readonly publisher: Pick<EnvelopePublisher, 'publish'>;
  /** `byQueueName` for the worker, `byInternalExchange` for the api. */
  readonly route: Route;
  /** As in the topology. Default 5 s. */
  readonly retryDelayMs?: number;
}

/** Receipts on their way from the webhook to the worker. Calls resolve when the broker has confirmed; they throw as `EnvelopePublisher.publish`. */
export class RabbitmqReceiptQueue {
  constructor(private readonly options: RabbitmqReceiptQueueOptions) {}

  /** The same receipt twice does no harm: it is recognised by its key. */
  async enqueue(receipt: Receipt, { traceparent }: { readonly traceparent?: string } = {}): Promise<void> {
    await this.options.publisher.publish(
      jsonPublication(this.options.route(queues.receipts), {
        // A digest, because AMQP's message id holds 255 bytes and the provider's ids have no such bound.
        messageId: createHash('sha256').update(receiptKey(receipt)).digest('hex'),
        body: receipt,
        headers: headersOf({ notificationId: receipt.reference?.notificationId, traceparent }),
        at: receipt.receivedAt,
      }),
    );
  }

  /** The worker's: a transient trouble of one receipt. It waits, 12 times, and is parked then. */
  retryLater(delivery: Delivery, story: SetAsideStory): Promise<'waiting' | 'parked'> {
    const { publisher, retryDelayMs: delayMs = defaultReceiptRetryDelayMs } = this.options;
    const route = {
      retryQueue: retryQueue(queues.receipts, delayMs),
      delayMs,
      mostRetries,
      deadLetterQueue: queues.receiptsDead,
    };
    return retryLater(publisher, delivery, route, story);
  }
}
