import type { ConsumeMessage } from 'amqplib';
import type { RabbitmqMeter } from '../connection/rabbitmq-meter.js';
import { type RabbitmqObserver } from '../connection/rabbitmq-news.js';
import { pause, upTo, waitBefore } from '../connection/waiting.js';
import { deliveryOf, type Delivery, textHeader } from '../envelope/delivery.js';
import { headers } from '../header/headers.js';
import type { ConsumingChannel } from './consuming-channel.js';
import type { Isolation } from './isolation.js';
import type { Suspicion } from './suspicion.js';
import { waitingCures } from './waiting-cures.js';

/** What working off an envelope needs. */
export interface EnvelopeWorkOptions {
  readonly queue: string;
  /** Resolves when the envelope may be acked. */
  readonly handle: (delivery: Delivery) => Promise<void>;
  /** Resolves when a lost server answers again; waits as long as that takes. */
  readonly untilBack: (signal: AbortSignal) => Promise<void>;
  readonly isolation: Isolation;
  readonly suspicion: Suspicion;
  readonly observer: RabbitmqObserver;
  readonly meter: Pick<RabbitmqMeter, 'settled'>;
  readonly holdLimitMs: number;
  /** Raised when the process stops: nothing new starts, nothing is waited for. */
  readonly stop: AbortSignal;
  /** An envelope is held because a server is away, and is no longer. */
  readonly onHold: (error: Error) => void;
  readonly onRelease: () => void;
}

/** Between two tries to handle a held envelope. */
const probe = { firstMs: 100, longestMs: 5_000 } as const;

/** Before an envelope that failed by an exception goes back: about 4 min over its 20 deliveries, and never a tight loop. */
const refusal = { firstMs: 1_000, longestMs: 15_000 } as const;

/** Handles envelopes and settles them: acked, given back, or held until a lost server is back. Never throws. */
export class EnvelopeWork {
  constructor(private readonly options: EnvelopeWorkOptions) {}

  /** Resolves when the envelope is settled, or was left to be given back because the process stops. */
  async workOff(channel: ConsumingChannel, message: ConsumeMessage, alone: boolean): Promise<void> {
    const { queue, holdLimitMs, stop, onRelease } = this.options;
    const delivery = deliveryOf(queue, message);
    const holdUntil = performance.now() + holdLimitMs;
    let held = false;
    try {
      for (let tries = 0; ; tries += 1) {
        // A step may have been done before the server was lost: from then on it carries the duty to repeat.
        const failure = await this.#handle(held ? { ...delivery, redelivered: true } : delivery, alone);
        if (failure === 'handled') return this.#settle('acked', () => channel.ack(message));
        if (failure === 'not_started') return;
        if (!waitingCures(failure.error)) return await this.#refuse(channel, message, delivery, failure.error);
        if (!held) this.options.onHold(failure.error);
        held = true;
        await this.#untilNextTry(tries, holdUntil);
        if (channel.isGone || stop.aborted) return;
        if (performance.now() >= holdUntil) return this.#settle('returned', () => channel.giveBack(message));
      }
    } finally {
      if (held) onRelease();
    }
  }

  #settle(how: 'acked' | 'returned', settle: () => void): void {
    settle();
    this.options.meter.settled(this.options.queue, how);
  }

  async #handle(delivery: Delivery, alone: boolean): Promise<'handled' | 'not_started' | { readonly error: unknown }> {
    const { isolation, handle, stop } = this.options;
    const run = async (): Promise<'handled' | 'not_started'> => {
      if (stop.aborted) return 'not_started';
      await handle(delivery);
      return 'handled';
    };
    try {
      return await (alone ? isolation.alone(run) : isolation.beside(run));
    } catch (error) {
      return { error };
    }
  }

  async #untilNextTry(tries: number, holdUntil: number): Promise<void> {
    const { stop, untilBack } = this.options;
    await pause(waitBefore(tries, probe), stop);
    await upTo(Math.max(holdUntil - performance.now(), 0), stop, untilBack);
  }

  async #refuse(channel: ConsumingChannel, message: ConsumeMessage, delivery: Delivery, error: unknown): Promise<void> {
    const { queue, observer, suspicion, stop } = this.options;
    const notificationId = textHeader(delivery, headers.notificationId.name);
    const correlationId = textHeader(delivery, headers.correlationId.name);
    suspicion.acquit(delivery);
    observer.report({
      kind: 'envelope_failed',
      queue,
      error,
      ...(notificationId === undefined ? {} : { notificationId }),
      ...(correlationId === undefined ? {} : { correlationId }),
    });
    await pause(waitBefore(delivery.deliveryCount, refusal), stop);
    this.#settle('returned', () => channel.reject(message));
  }
}
