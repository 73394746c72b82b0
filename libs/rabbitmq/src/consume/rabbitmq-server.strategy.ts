import { AppError } from '@earlybird/core';
import { type CustomTransportStrategy, Server } from '@nestjs/microservices';
import { lastValueFrom } from 'rxjs';
import { type RabbitmqObserver, silentObserver } from '../connection/rabbitmq-news.js';
import type { Decoded } from '../envelope/decoded.js';
import type { Delivery } from '../envelope/delivery.js';
import type { EnvelopePublisher } from '../publish/envelope-publisher.js';
import { park } from '../publish/set-aside.js';
import { DeliveryContext } from './delivery-context.strategy.js';
import { type ConsumerVerdict, QueueConsumer, type QueueConsumerOptions } from './queue-consumer.js';

/** How a queue reaches its handler. */
export interface RabbitmqServerOptions<Envelope> extends Omit<QueueConsumerOptions, 'handle' | 'publisher'> {
  /** Ties the server to the handlers declared with `@FromQueue(queue, transportId)`. One symbol per queue. */
  readonly transportId: symbol;
  readonly publisher: Pick<EnvelopePublisher, 'state' | 'onState' | 'publish'>;
  /** Makes the handler's payload of a delivery; must not throw. `asDelivered` hands over the delivery itself. */
  readonly decode: (delivery: Delivery) => Decoded<Envelope>;
  /** Where a delivery goes that cannot be decoded. */
  readonly deadLetterQueue: string;
}

/** For handlers that judge the body themselves. */
export const asDelivered = (delivery: Delivery): Decoded<Delivery> => ({ ok: true, envelope: delivery });

/**
 * Nest's transport for one queue (broker.md, "Why a transport of our own"). What becomes of an envelope:
 *
 * | the handler | the envelope |
 * |---|---|
 * | returns | is acked |
 * | throws AppError of a lost server, or of a missing queue | is held and handled again, with the duty to repeat; consuming pauses meanwhile |
 * | throws anything else | goes back after a pause, and to the dead-letter queue after 20 deliveries |
 * | is not reached: the body cannot be decoded | is copied to the dead-letter queue with the reason, and acked |
 */
export class RabbitmqServer<Envelope> extends Server implements CustomTransportStrategy {
  override readonly transportId: symbol;
  override readonly propagatesEventHandlerErrors = true;
  readonly #options: RabbitmqServerOptions<Envelope> & { readonly observer: RabbitmqObserver };
  readonly #consumer: QueueConsumer;

  constructor(options: RabbitmqServerOptions<Envelope>) {
    super();
    this.transportId = options.transportId;
    this.#options = { observer: silentObserver, ...options };
    this.#consumer = new QueueConsumer({ ...options, handle: (delivery) => this.#handle(delivery) });
  }

  /** Begins to consume as soon as the broker is there, and calls back at once: readiness tells the rest. */
  listen(callback: (error?: unknown) => void): void {
    const fault = this.#handlerFault();
    if (fault !== undefined) return callback(new AppError('invariant_broken', fault));
    this.#consumer.start();
    callback();
  }

  /** The graceful stop of `QueueConsumer.stop`. The connections stay open: close them afterwards. */
  close(): Promise<void> {
    return this.#consumer.stop();
  }

  /** Stops consuming for a reason of the caller's, e.g. while the provider is halted. Resolves when nothing new comes. */
  pause(reason: string, detail?: string): Promise<void> {
    return this.#consumer.pause(reason, detail);
  }

  /** Takes the reason back; consuming goes on when there is no other. */
  resume(reason: string): void {
    this.#consumer.resume(reason);
  }

  /** For readiness. */
  get verdict(): ConsumerVerdict {
    return this.#consumer.verdict;
  }

  /** When the broker has last answered on every consuming channel; milliseconds since the epoch. */
  get lastBeatAt(): number {
    return this.#consumer.lastBeatAt;
  }

  /** Nest's interface; there are no events beyond `verdict` and the observer. */
  on(): never {
    throw new AppError('invariant_broken', 'RabbitmqServer has no events: read its verdict, or pass an observer.');
  }

  /** Nest's interface: the consumer. */
  unwrap<T>(): T {
    return this.#consumer as T;
  }

  #handlerFault(): string | undefined {
    const { queue } = this.#options;
    const handler = this.getHandlerByPattern(queue);
    if (handler === null) return `Nobody handles ${queue}.`;
    return handler.extras?.['keepsErrors'] === true
      ? undefined
      : `The handler of ${queue} must be declared with @FromQueue: otherwise Nest hides from us what it throws.`;
  }

  async #handle(delivery: Delivery): Promise<void> {
    const { decode, publisher, observer, queue, deadLetterQueue } = this.#options;
    const decoded = decode(delivery);
    if (decoded.ok) return this.#callHandler(decoded.envelope, delivery);
    observer.report({ kind: 'envelope_unreadable', queue, detail: decoded.detail });
    await park(publisher, delivery, deadLetterQueue, { reason: 'unreadable', detail: decoded.detail });
  }

  /** Resolves or rejects with the handler; Nest's hooks see the beginning and the end. */
  #callHandler(envelope: Envelope, delivery: Delivery): Promise<void> {
    const handler = this.getHandlerByPattern(this.#options.queue);
    const context = new DeliveryContext(delivery);
    return new Promise((resolve, reject) => {
      const run = async (): Promise<void> => {
        try {
          const result: unknown = await handler?.(envelope, context);
          await lastValueFrom(this.transformToObservable(result), { defaultValue: undefined });
          resolve();
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        } finally {
          this.onProcessingEndHook?.(this.transportId, context);
        }
      };
      this.onProcessingStartHook(this.transportId, context, run);
    });
  }
}
