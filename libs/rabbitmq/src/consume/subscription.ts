import type { ConsumeMessage } from 'amqplib';
import type { BrokerConnection } from '../connection/broker-connection.js';
import { reasonOf } from '../connection/reason-of.js';
import { NoAnswerError, pause, waitBefore } from '../connection/waiting.js';
import { ConsumingChannel } from './consuming-channel.js';

/** What a subscription needs, and whom it tells. */
export interface SubscriptionOptions {
  readonly connection: BrokerConnection;
  readonly queue: string;
  /** Service, role, host. */
  readonly name: string;
  readonly channels: number;
  /** The prefetch that channel number `index` should have now; 0 for none. */
  readonly wanted: (index: number) => number;
  readonly delivered: (message: ConsumeMessage, channel: ConsumingChannel) => void;
  /** Channels are as wanted; `attachedAgain` tells why a lost one had to be replaced. */
  readonly converged: (attachedAgain: string | undefined) => void;
  /** Channels could not be had as they are wanted, several times over; tries go on. */
  readonly failing: (reason: string) => void;
}

/** Between two tries to get channels as they are wanted: soon, for the broker may be back just now, but never a tight loop. */
const retry = { firstMs: 50, longestMs: 2_000 } as const;

/** A broker that is just back refuses once or twice; what lasts longer must be told. */
const triesBeforeTelling = 5;

/** NOT_FOUND: somebody deleted the queue. */
const notFound = 404;

/**
 * The channels that consume one queue, kept as they are wanted: whenever something has changed, `wake` makes one loop compare
 * what is with what should be, until both are the same. So it does not matter in which order connections, channels, pauses
 * and cancels come and go.
 */
export class Subscription {
  readonly #slots: (ConsumingChannel | undefined)[];
  readonly #stop = new AbortController();
  #attachedBefore = false;
  #lostBecause: string | undefined;
  #trouble: string | undefined;
  #dirty = false;
  #converging: Promise<void> | undefined;

  constructor(private readonly options: SubscriptionOptions) {
    this.#slots = Array.from({ length: options.channels }, () => undefined);
  }

  /** The channels that are open now. */
  get channels(): readonly ConsumingChannel[] {
    return this.#slots.filter((slot): slot is ConsumingChannel => slot !== undefined && !slot.isGone);
  }

  /** Why the channels could not be had as they are wanted, the last time it was tried. */
  get trouble(): string | undefined {
    return this.#trouble;
  }

  /** True when every channel that should consume does, and at least one should. */
  get isConsuming(): boolean {
    const wanted = this.#slots.map((_, index) => this.options.wanted(index));
    return wanted.some((prefetch) => prefetch > 0) && this.#slots.every((slot, at) => prefetchOf(slot) === wanted[at]);
  }

  /** Something has changed: makes the channels what is wanted now. */
  wake(): void {
    this.#dirty = true;
    if (this.#stop.signal.aborted) return;
    this.#converging ??= this.#converge().finally(() => {
      this.#converging = undefined;
      if (this.#dirty) this.wake();
    });
  }

  /** Resolves when the channels are as wanted, or the subscription was closed. */
  async whenConverged(): Promise<void> {
    while (this.#converging !== undefined) await this.#converging;
  }

  /** Closes all channels for good; what is not settled goes back into the queue. */
  async close(): Promise<void> {
    this.#stop.abort();
    await this.whenConverged();
    await Promise.all(this.channels.map((channel) => channel.close()));
  }

  async #converge(): Promise<void> {
    for (let tries = 0; this.#dirty && !this.#stop.signal.aborted; tries += 1) {
      this.#dirty = false;
      try {
        await this.#compare();
        tries = -1;
        this.#trouble = undefined;
      } catch (cause) {
        this.#lostBecause ??= reasonOf(cause);
        this.#trouble = reasonOf(cause);
        this.#dirty = true;
        if (tries === triesBeforeTelling) this.options.failing(this.#trouble);
        await this.#mend(cause);
        await pause(waitBefore(tries, retry), this.#stop.signal);
      }
    }
  }

  async #compare(): Promise<void> {
    for (const index of this.#slots.keys()) await this.#compareSlot(index);
    if (this.#dirty) return;
    const again = this.#attachedBefore && this.isConsuming ? this.#lostBecause : undefined;
    if (this.isConsuming) {
      this.#attachedBefore = true;
      this.#lostBecause = undefined;
    }
    this.options.converged(again);
  }

  async #compareSlot(index: number): Promise<void> {
    const { wanted, connection } = this.options;
    if (this.#slots[index]?.isGone === true) this.#slots[index] = undefined;
    const { current } = connection;
    if (this.#slots[index] === undefined) {
      if (wanted(index) === 0 || current === undefined) return;
      this.#slots[index] = await this.#open(current, index);
    }
    const channel = this.#slots[index];
    try {
      await channel?.consume(wanted(index));
    } catch (cause) {
      channel?.abandon(reasonOf(cause));
      throw cause;
    }
  }

  #open(current: NonNullable<BrokerConnection['current']>, index: number): Promise<ConsumingChannel> {
    const { connection, queue, name, delivered } = this.options;
    return ConsumingChannel.open(
      current,
      { queue, name: `${name} ${index + 1}`, answerWithinMs: connection.answerWithinMs },
      {
        delivered,
        gone: (reason) => {
          this.#lostBecause ??= reason;
          this.wake();
        },
      },
    );
  }

  /** A deleted queue is declared again; a broker that does not answer gets a new connection. */
  async #mend(cause: unknown): Promise<void> {
    const { connection } = this.options;
    if (cause instanceof Error && 'code' in cause && cause.code === notFound) await connection.prepareAgain();
    else if (cause instanceof NoAnswerError) connection.restart(cause);
  }
}

const prefetchOf = (channel: ConsumingChannel | undefined): number =>
  channel === undefined || channel.isGone ? 0 : channel.prefetch;
