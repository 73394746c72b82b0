import { setMaxListeners } from 'node:events';
import type { BrokerConnection } from '../connection/broker-connection.js';
import { noMeter, type RabbitmqMeter } from '../connection/rabbitmq-meter.js';
import { type RabbitmqObserver, silentObserver } from '../connection/rabbitmq-news.js';
import { pause, upTo } from '../connection/waiting.js';
import { deliveryOf, type Delivery } from '../envelope/delivery.js';
import type { EnvelopePublisher } from '../publish/envelope-publisher.js';
import { Admission } from './admission.js';
import { ConsumerTeller } from './consumer-teller.js';
import { EnvelopeWork } from './envelope-work.js';
import { Isolation } from './isolation.js';
import { Pauses } from './pauses.js';
import { Pulse } from './pulse.js';
import { Subscription } from './subscription.js';
import { Suspicion } from './suspicion.js';

/** How a queue is consumed. */
export interface QueueConsumerOptions {
  readonly connection: BrokerConnection;
  /** While it cannot publish, nothing is consumed: no retry and no copy could be published either. */
  readonly publisher: Pick<EnvelopePublisher, 'state' | 'onState'>;
  readonly queue: string;
  /** What the management UI shows: service, role, host. */
  readonly name: string;
  /** channels × prefetch envelopes are handled at a time. Prefetch at most 32: acks beyond that are lost when a channel closes (broker.md). */
  readonly concurrency: { readonly channels: number; readonly prefetch: number };
  /** Resolves when the envelope may be acked. Throws AppError for a lost server: the envelope is held. Any other error gives it back. */
  readonly handle: (delivery: Delivery) => Promise<void>;
  /** Resolves when a lost server answers again. Default: at once, so that only the pause between two tries counts. */
  readonly untilBack?: (signal: AbortSignal) => Promise<void>;
  /** Shared by all consumers of a process. Default: one of its own. */
  readonly isolation?: Isolation;
  readonly observer?: RabbitmqObserver;
  readonly meter?: Pick<RabbitmqMeter, 'settled'>;
  /** How long a stop waits for what is in flight. Default 25 s: orchestrators kill after 30. */
  readonly stopDeadlineMs?: number;
  /** How long an envelope is held. Default 20 min: the broker takes it back after 30. */
  readonly holdLimitMs?: number;
  /** How often the consumer asks whether it still is one. Default 5 s: it must be back within 10 s of the broker. */
  readonly heartbeatMs?: number;
}

/** Whether the queue is consumed, for readiness. */
export type ConsumerVerdict = { readonly ok: true } | { readonly ok: false; readonly reason: string };

const largestPrefetch = 32;

/** Acks that a channel sent within its last second may be lost when it closes (broker.md). */
const settleBeforeCloseMs = 1_000;

/** The pause while a server is away and envelopes are held. */
const serverAway = 'server_away';

/** Consumes one queue until it is stopped, whatever happens to channels, connections and servers meanwhile. */
export class QueueConsumer {
  readonly #options: QueueConsumerOptions;
  readonly #stop = new AbortController();
  readonly #pauses = new Pauses();
  readonly #admission: Admission;
  readonly #subscription: Subscription;
  readonly #unsubscribe: (() => void)[] = [];
  #pulse: Pulse | undefined;
  #held = 0;
  /** By the steady clock, as everything that lasts. */
  #lastSettledAt = -settleBeforeCloseMs;

  /** @throws RangeError when the concurrency is not possible. */
  constructor(options: QueueConsumerOptions) {
    const { connection, queue, name, concurrency, observer = silentObserver } = options;
    const { channels, prefetch } = concurrency;
    if (prefetch < 1 || prefetch > largestPrefetch || channels < 1)
      throw new RangeError(`${queue}: ${channels} channels with a prefetch of ${prefetch}; 1 to 32 is possible.`);
    this.#options = options;
    // Every envelope in hand listens while it waits for a server: no leak, and no warning of one in the operator's log.
    setMaxListeners(0, this.#stop.signal);
    const suspicion = new Suspicion();
    const work = this.#workWith(suspicion, observer);
    const teller = new ConsumerTeller(queue, channels * prefetch, observer);
    this.#admission = new Admission({
      limit: channels * prefetch,
      isSuspect: (message) => suspicion.isSuspect(deliveryOf(queue, message)),
      workOff: (message, channel, alone) =>
        work.workOff(channel, message, alone).finally(() => (this.#lastSettledAt = performance.now())),
      changed: () => this.#subscription.wake(),
    });
    this.#subscription = new Subscription({
      connection,
      queue,
      name: `${name} ${queue}`,
      channels,
      wanted: (index) => this.#wanted(index),
      delivered: (message, channel) => this.#admission.admit(message, channel),
      converged: (attachedAgain) =>
        teller.tell({ isConsuming: this.#subscription.isConsuming, paused: this.#pauses.first, attachedAgain }),
      failing: (detail) =>
        teller.tell({ isConsuming: false, paused: { reason: 'no_consumer', detail }, attachedAgain: undefined }),
    });
  }

  /** Begins to consume as soon as both connections stand. */
  start(): void {
    const { connection, publisher, heartbeatMs = 5_000 } = this.#options;
    this.#unsubscribe.push(
      connection.onState(() => this.#subscription.wake()),
      publisher.onState(() => this.#subscription.wake()),
    );
    this.#pulse = new Pulse({ connection, everyMs: heartbeatMs, channels: () => this.#subscription.channels });
    this.#subscription.wake();
  }

  /** Stops consuming for a reason of the caller's; what is in flight goes on. Resolves when nothing new comes. */
  async pause(reason: string, detail?: string): Promise<void> {
    this.#pauses.add(reason, detail);
    this.#subscription.wake();
    await this.#subscription.whenConverged();
  }

  /** Takes the reason back; consuming goes on when there is no other. */
  resume(reason: string): void {
    if (this.#pauses.remove(reason)) this.#subscription.wake();
  }

  /** For readiness. */
  get verdict(): ConsumerVerdict {
    const { connection, publisher, queue } = this.#options;
    if (this.#stop.signal.aborted) return { ok: false, reason: 'stopping' };
    const paused = this.#pauses.first;
    if (paused !== undefined)
      return { ok: false, reason: paused.detail === undefined ? paused.reason : `${paused.reason}: ${paused.detail}` };
    if (!connection.verdict.ok) return connection.verdict;
    if (publisher.state !== 'connected') return { ok: false, reason: `publishing is ${publisher.state}` };
    const { isConsuming, trouble } = this.#subscription;
    if (isConsuming || this.#admission.isEmptying) return { ok: true };
    return { ok: false, reason: `${queue} has no consumer: ${trouble ?? 'not yet'}` };
  }

  /** When the broker has last answered on every consuming channel; milliseconds since the epoch, 0 before the start. */
  get lastBeatAt(): number {
    return this.#pulse?.lastBeatAt ?? 0;
  }

  /** How many envelopes are being worked off. */
  get inHand(): number {
    return this.#admission.running;
  }

  /**
   * Stops in order: no new envelopes, finish what is in flight (up to the deadline), give back the rest in one step per
   * channel, let the last acks arrive, close the channels. The connections stay open.
   */
  async stop(): Promise<void> {
    if (this.#stop.signal.aborted) return;
    this.#stop.abort();
    this.#admission.close();
    this.#pulse?.stop();
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    this.#subscription.wake();
    const never = new AbortController().signal;
    await upTo(this.#options.stopDeadlineMs ?? 25_000, never, async () => {
      await this.#subscription.whenConverged();
      await this.#admission.whenIdle();
    });
    for (const channel of this.#subscription.channels) {
      if (channel.inHand === 0) continue;
      channel.giveBackAll();
      this.#lastSettledAt = performance.now();
    }
    await pause(Math.max(this.#lastSettledAt + settleBeforeCloseMs - performance.now(), 0), never);
    await this.#subscription.close();
  }

  #workWith(suspicion: Suspicion, observer: RabbitmqObserver): EnvelopeWork {
    const { queue, handle, untilBack, isolation, meter = noMeter, holdLimitMs = 20 * 60_000 } = this.#options;
    return new EnvelopeWork({
      queue,
      handle,
      untilBack: untilBack ?? (() => Promise.resolve()),
      isolation: isolation ?? new Isolation(),
      suspicion,
      observer,
      meter,
      holdLimitMs,
      stop: this.#stop.signal,
      onHold: (error) => this.#hold(error),
      onRelease: () => this.#release(),
    });
  }

  #wanted(index: number): number {
    const { connection, publisher, concurrency } = this.#options;
    if (this.#stop.signal.aborted || this.#pauses.isPaused) return 0;
    if (connection.current === undefined || publisher.state !== 'connected') return 0;
    return this.#admission.prefetchOf(index, concurrency.prefetch);
  }

  #hold(error: Error): void {
    this.#held += 1;
    if (this.#held === 1) void this.pause(serverAway, error.message);
  }

  #release(): void {
    this.#held -= 1;
    if (this.#held === 0) this.resume(serverAway);
  }
}
