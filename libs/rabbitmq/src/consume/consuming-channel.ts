import type { Channel, ChannelModel, ConsumeMessage } from 'amqplib';
import { lookAtQueue } from '../connection/look-at-queue.js';
import { reasonOf } from '../connection/reason-of.js';
import { within } from '../connection/waiting.js';

/** What a consuming channel tells its owner. */
export interface ConsumingChannelListener {
  delivered(message: ConsumeMessage, channel: ConsumingChannel): void;
  /** The channel is of no use any more; what was in hand on it is handed over again by the broker. Called once. */
  gone(reason: string): void;
}

/** What a consuming channel needs. */
export interface ConsumingChannelOptions {
  readonly queue: string;
  /** What the management UI shows of every consumer: service, role, host. */
  readonly name: string;
  /** How long the broker may take to answer. */
  readonly answerWithinMs: number;
}

/**
 * One channel with at most one consumer. Settling on a channel that is gone does nothing: the broker has taken the envelope
 * back. After a cancel by the broker (the callback gets `null`) nothing is ever settled on it again (broker.md).
 */
export class ConsumingChannel {
  readonly #unsettled = new Set<ConsumeMessage>();
  #prefetch = 0;
  #consumerTag = '';
  #consumers = 0;
  #deliveries = 0;
  #goneBecause: string | undefined;

  private constructor(
    private readonly channel: Channel,
    private readonly options: ConsumingChannelOptions,
    private readonly listener: ConsumingChannelListener,
  ) {
    let cause: unknown;
    channel.on('error', (error) => (cause = error));
    channel.on('close', () => this.abandon(cause === undefined ? 'the connection ended' : reasonOf(cause)));
  }

  /** @throws what amqplib throws. */
  static async open(
    connection: ChannelModel,
    options: ConsumingChannelOptions,
    listener: ConsumingChannelListener,
  ): Promise<ConsumingChannel> {
    const channel = await within(options.answerWithinMs, connection.createChannel(), 'opening a channel');
    return new ConsumingChannel(channel, options, listener);
  }

  get isGone(): boolean {
    return this.#goneBecause !== undefined;
  }

  /** How many envelopes are delivered and not settled. */
  get inHand(): number {
    return this.#unsettled.size;
  }

  /** How many envelopes were delivered so far. */
  get deliveries(): number {
    return this.#deliveries;
  }

  /** With what prefetch it consumes; 0 when it does not. */
  get prefetch(): number {
    return this.#prefetch;
  }

  /** Consumes with `prefetch`, or not at all (0). What is in hand stays in hand. Throws what amqplib throws. */
  async consume(prefetch: number): Promise<void> {
    if (prefetch === this.#prefetch) return;
    const { queue, name } = this.options;
    if (this.#prefetch > 0) {
      await this.#answer(this.channel.cancel(this.#consumerTag), `cancelling the consumer of ${queue}`);
      this.#prefetch = 0;
    }
    if (prefetch === 0) return;
    // A tag that still has something in hand must not be used again: RabbitMQ 3.10 would hand the same envelopes over twice.
    this.#consumers += 1;
    this.#consumerTag = `${name}.${this.#consumers}`;
    const consumerTag = this.#consumerTag;
    await this.#answer(this.channel.prefetch(prefetch), 'setting the prefetch');
    // Set before, because deliveries may come with the same packet as the answer.
    this.#prefetch = prefetch;
    await this.#answer(
      this.channel.consume(queue, (message) => this.#take(message), { consumerTag }),
      `consuming ${queue}`,
    );
  }

  /** Asks the broker on this very channel. Answers how many envelopes are ready. Throws what amqplib throws. */
  async countReady(): Promise<number> {
    const { queue } = this.options;
    return (await this.#answer(lookAtQueue(this.channel, queue), `asking for ${queue}`)).ready;
  }

  ack(message: ConsumeMessage): void {
    this.#settle(message, () => this.channel.ack(message));
  }

  /** Back into the queue; counts towards its delivery limit. For an exception of ours (broker.md: never nack then). */
  reject(message: ConsumeMessage): void {
    this.#settle(message, () => this.channel.reject(message, true));
  }

  /** Back into the queue, handled or not; counts towards the limit before RabbitMQ 4.3 only. */
  giveBack(message: ConsumeMessage): void {
    this.#settle(message, () => this.channel.nack(message, false, true));
  }

  /** Everything that is not settled goes back into the queue, in one step. */
  giveBackAll(): void {
    if (this.isGone || this.#unsettled.size === 0) return;
    this.#unsettled.clear();
    this.#orGone(() => this.channel.nackAll(true));
  }

  /** Says goodbye to the broker. */
  async close(): Promise<void> {
    if (this.isGone) return;
    this.#goneBecause = 'closed by us';
    await this.#answer(this.channel.close(), 'closing a channel').catch(() => undefined);
  }

  /** Gives the channel up, without waiting for the broker. */
  abandon(reason: string): void {
    if (this.isGone) return;
    this.#goneBecause = reason;
    this.#prefetch = 0;
    this.#unsettled.clear();
    this.#closeQuietly();
    this.listener.gone(reason);
  }

  #take(message: ConsumeMessage | null): void {
    if (message === null) return this.abandon('the broker cancelled the consumer');
    if (this.isGone) return;
    this.#deliveries += 1;
    this.#unsettled.add(message);
    this.listener.delivered(message, this);
  }

  #settle(message: ConsumeMessage, send: () => void): void {
    if (!this.#unsettled.delete(message)) return;
    this.#orGone(send);
  }

  #orGone(send: () => void): void {
    try {
      send();
    } catch (error) {
      this.abandon(reasonOf(error));
    }
  }

  #closeQuietly(): void {
    try {
      this.channel.close().catch(() => undefined);
    } catch {
      // It is closed already.
    }
  }

  #answer<Result>(promise: Promise<Result>, what: string): Promise<Result> {
    return within(this.options.answerWithinMs, promise, what);
  }
}
