import {
  ConfirmPublisher,
  type Publication,
  PublishError,
  type PublisherState,
  type StateListener,
} from '@earlybird/events';
import { reasonOf } from '../connection/reason-of.js';
import { noMeter, type PublishResult, type RabbitmqMeter } from '../connection/rabbitmq-meter.js';
import { type RabbitmqObserver, silentObserver } from '../connection/rabbitmq-news.js';
import { appErrorOf } from './app-error-of.js';

/** How to publish envelopes. */
export interface EnvelopePublisherOptions {
  /** `amqp://user:password@host:port/vhost`. */
  readonly url: string;
  /** What the management UI shows: service, role, host. */
  readonly name: string;
  /** How long a publication may wait for its turn and its confirm. Default 10 s: longer than the election of a new leader. */
  readonly confirmTimeoutMs?: number;
  /** Is told when the connection is lost, restored, blocked and unblocked; `BrokerConnection` tells of the first wait. */
  readonly observer?: RabbitmqObserver;
  /** Counts the publications. */
  readonly meter?: Pick<RabbitmqMeter, 'published'>;
}

/**
 * Publishes envelopes on a connection of its own, persistent and mandatory, and knows of each whether the broker has it.
 * At most 500 are unconfirmed at a time. Connects and reconnects by itself from its making on; keeps nothing in memory.
 */
export class EnvelopePublisher {
  readonly #publisher: ConfirmPublisher;
  readonly #listeners = new Set<StateListener>();
  readonly #observer: RabbitmqObserver;
  readonly #meter: Pick<RabbitmqMeter, 'published'>;
  #state: PublisherState = 'connecting';
  #connectedBefore = false;
  #leftAt = 0;

  constructor({
    url,
    name,
    confirmTimeoutMs = 10_000,
    observer = silentObserver,
    meter = noMeter,
  }: EnvelopePublisherOptions) {
    this.#observer = observer;
    this.#meter = meter;
    this.#publisher = new ConfirmPublisher({
      url,
      name,
      confirmTimeoutMs,
      onState: (state, cause) => this.#enter(state, cause),
    });
  }

  /** Only `connected` takes envelopes. */
  get state(): PublisherState {
    return this.#state;
  }

  /** Calls `listener` at every change of the state; the answer ends that. */
  onState(listener: StateListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Resolves `true` as soon as envelopes can be published, `false` when the publisher is closed instead. */
  whenConnected(): Promise<boolean> {
    return this.#publisher.whenConnected();
  }

  /**
   * Resolves when the broker has confirmed the envelope.
   *
   * @throws AppError `broker_unavailable` (it is not there), `publish_returned` (no queue takes it), `publish_unconfirmed`
   * (it may be there: do not ack what it was for).
   */
  async publish(publication: Publication): Promise<void> {
    try {
      await this.#publisher.publish(publication);
      this.#meter.published('confirmed');
    } catch (error) {
      this.#meter.published(resultOf(error));
      throw appErrorOf(error);
    }
  }

  /** Waits for outstanding confirms, then closes the connection. */
  close(): Promise<void> {
    return this.#publisher.close();
  }

  #enter(state: PublisherState, cause: unknown): void {
    const before = this.#state;
    if (before === state) return;
    this.#state = state;
    this.#tell(before, state, cause);
    for (const listener of this.#listeners) listener(state, cause);
  }

  #tell(before: PublisherState, state: PublisherState, cause: unknown): void {
    const about = { server: 'RabbitMQ', context: 'publish' } as const;
    const waitedMs = performance.now() - this.#leftAt;
    switch (state) {
      case 'connecting':
        this.#leftAt = performance.now();
        return this.#observer.report({ kind: 'connection_lost', ...about, reason: reasonOf(cause) });
      case 'blocked':
        this.#leftAt = performance.now();
        return this.#observer.report({ kind: 'broker_blocked', reason: reasonOf(cause) });
      case 'connected':
        if (before === 'blocked') this.#observer.report({ kind: 'broker_unblocked', waitedMs });
        else if (this.#connectedBefore) this.#observer.report({ kind: 'connection_restored', ...about, waitedMs });
        this.#connectedBefore = true;
        return;
      case 'closed':
        return;
    }
  }
}

/** What a failure says about where the envelope is. */
function resultOf(error: unknown): PublishResult {
  const code = error instanceof PublishError ? error.code : undefined;
  return code === 'returned' || code === 'unconfirmed' ? code : 'refused';
}
