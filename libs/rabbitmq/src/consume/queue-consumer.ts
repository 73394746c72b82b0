import type { ConsumeMessage } from 'amqplib';
import type { BrokerConnection } from '../connection/broker-connection.js';
import { type RabbitmqObserver, silentObserver } from '../connection/rabbitmq-news.js';
import { pause, upTo } from '../connection/waiting.js';
import { deliveryOf, type Delivery } from '../envelope/delivery.js';
import type { EnvelopePublisher } from '../publish/envelope-publisher.js';
import type { ConsumingChannel } from './consuming-channel.js';
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
  /** How long a stop waits for what is in flight. Default 25 s: orchestrators kill after 30. */
  readonly stopDeadlineMs?: number;
  /** How long an envelope is held. Default 20 min: the broker takes it back after 30. */
  readonly holdLimitMs?: number;
  /** How often the consumer asks whether it still is one. Default 5 s: it must be back within 10 s of the broker. */
  readonly heartbeatMs?: number;
}

const largestPrefetch = 32;
/** The pause while a server is away and envelopes are held. */
const outage = 'server_away';

/** Acks that a channel sent within its last second may be lost when it closes (broker.md). */
const settleBeforeCloseMs = 1_000;

/** Whether the queue is consumed, for readiness. */
export type ConsumerVerdict = { readonly ok: true } | { readonly ok: false; readonly reason: string };

/**
 * Consumes one queue until it is stopped, whatever happens to channels, connections and servers meanwhile.
 *
 * How many envelopes are in hand at a time:
 *
 *     narrow (one) ──an unsuspicious one comes──▶ wide (channels × prefetch)
 *        ▲                                          │ a suspect comes: it came back three times
 *        └──nothing else in hand, suspects back── emptying (none)
 *
 * It starts narrow, so that a process that is ended by one envelope again and again does not take others along each time.
 */
export class QueueConsumer {
  readonly #options: QueueConsumerOptions & { readonly observer: RabbitmqObserver };
  readonly #stop = new AbortController();
  readonly #pauses = new Pauses();
  readonly #suspicion = new Suspicion();
  readonly #work: EnvelopeWork;
  readonly #subscription: Subscription;
  readonly #aside: { readonly channel: ConsumingChannel; readonly message: ConsumeMessage }[] = [];
  readonly #waitingForIdle = new Set<() => void>();
  readonly #unsubscribe: (() => void)[] = [];
  #pulse: Pulse | undefined;
  #mode: 'narrow' | 'wide' | 'emptying' = 'narrow';
  #running = 0;
  #held = 0;
  #lastSettledAt = 0;
  #told: 'nothing' | 'consuming' | 'paused' = 'nothing';
  #toldAt = Date.now();

  constructor(options: QueueConsumerOptions) {
    const { channels, prefetch } = options.concurrency;
    if (prefetch < 1 || prefetch > largestPrefetch || channels < 1)
      throw new RangeError(
        `${options.queue}: ${channels} channels with a prefetch of ${prefetch}; 1 to 32 is possible.`,
      );
    this.#options = { observer: silentObserver, ...options };
    this.#work = new EnvelopeWork({
      queue: options.queue,
      handle: options.handle,
      untilBack: options.untilBack ?? (() => Promise.resolve()),
      isolation: options.isolation ?? new Isolation(),
      suspicion: this.#suspicion,
      observer: this.#options.observer,
      holdLimitMs: options.holdLimitMs ?? 20 * 60_000,
      stop: this.#stop.signal,
      onHold: (error) => this.#hold(error),
      onRelease: () => this.#release(),
    });
    this.#subscription = new Subscription({
      connection: options.connection,
      queue: options.queue,
      name: `${options.name} ${options.queue}`,
      channels,
      wanted: (index) => this.#wanted(index),
      delivered: (message, channel) => this.#take(message, channel),
      converged: (attachedAgain) => this.#tell(attachedAgain),
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
    return this.#subscription.isConsuming || this.#mode === 'emptying'
      ? { ok: true }
      : { ok: false, reason: `${queue} has no consumer yet` };
  }

  /** When the broker has last answered on every consuming channel; milliseconds since the epoch. */
  get lastBeatAt(): number {
    return this.#pulse?.lastBeatAt ?? 0;
  }

  /** How many envelopes are in hand. */
  get inHand(): number {
    return this.#running;
  }

  /**
   * Stops in order: no new envelopes, finish what is in flight (up to the deadline), give back the rest in one step per
   * channel, let the last acks arrive, close the channels. The connections stay open.
   */
  async stop(): Promise<void> {
    const { stopDeadlineMs = 25_000 } = this.#options;
    if (this.#stop.signal.aborted) return;
    this.#stop.abort();
    this.#pulse?.stop();
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    this.#subscription.wake();
    const never = new AbortController().signal;
    await upTo(stopDeadlineMs, never, async () => {
      await this.#subscription.whenConverged();
      await this.#whenIdle();
    });
    for (const channel of this.#subscription.channels) {
      if (channel.inHand === 0) continue;
      channel.giveBackAll();
      this.#lastSettledAt = Date.now();
    }
    await pause(this.#lastSettledAt + settleBeforeCloseMs - Date.now(), never);
    await this.#subscription.close();
  }

  #wanted(index: number): number {
    const { connection, publisher, concurrency } = this.#options;
    if (this.#stop.signal.aborted || this.#pauses.isPaused) return 0;
    if (connection.current === undefined || publisher.state !== 'connected') return 0;
    switch (this.#mode) {
      case 'emptying':
        return 0;
      case 'narrow':
        return index === 0 ? 1 : 0;
      case 'wide':
        return concurrency.prefetch;
    }
  }

  #take(message: ConsumeMessage, channel: ConsumingChannel): void {
    if (this.#stop.signal.aborted) return;
    const isSuspect = this.#suspicion.isSuspect(deliveryOf(this.#options.queue, message));
    if (isSuspect && this.#mode !== 'narrow') {
      this.#aside.push({ channel, message });
      this.#enter('emptying');
      this.#backToNarrow();
      return;
    }
    if (!isSuspect && this.#mode === 'narrow') this.#enter('wide');
    this.#running += 1;
    void this.#work.workOff(channel, message, isSuspect).finally(() => {
      this.#running -= 1;
      this.#lastSettledAt = Date.now();
      this.#backToNarrow();
      if (this.#running === 0) for (const done of this.#waitingForIdle) done();
    });
  }

  #enter(mode: 'narrow' | 'wide' | 'emptying'): void {
    if (this.#mode === mode) return;
    this.#mode = mode;
    this.#subscription.wake();
  }

  /** Nothing else is in hand any more: the suspects go back, and come again one by one. */
  #backToNarrow(): void {
    if (this.#mode !== 'emptying' || this.#running > 0) return;
    for (const { channel, message } of this.#aside.splice(0)) channel.giveBack(message);
    this.#enter('narrow');
  }

  #hold(error: Error): void {
    this.#held += 1;
    if (this.#held === 1) this.#pauses.add(outage, error.message);
    this.#subscription.wake();
  }

  #release(): void {
    this.#held -= 1;
    if (this.#held === 0) this.resume(outage);
  }

  #whenIdle(): Promise<void> {
    if (this.#running === 0) return Promise.resolve();
    return new Promise((resolve) => this.#waitingForIdle.add(resolve));
  }

  #tell(attachedAgain: string | undefined): void {
    const { observer, queue, concurrency } = this.#options;
    if (attachedAgain !== undefined) observer.report({ kind: 'consumer_attached_again', queue, reason: attachedAgain });
    const paused = this.#pauses.first;
    if (paused !== undefined && this.#told !== 'paused') {
      observer.report({ kind: 'consuming_paused', queue, ...paused });
      this.#remember('paused');
    } else if (this.#subscription.isConsuming && this.#told !== 'consuming') {
      const waitedMs = Date.now() - this.#toldAt;
      if (this.#told === 'paused') observer.report({ kind: 'consuming_resumed', queue, waitedMs });
      else observer.report({ kind: 'consuming_started', queue, count: concurrency.channels * concurrency.prefetch });
      this.#remember('consuming');
    }
  }

  #remember(told: 'consuming' | 'paused'): void {
    this.#told = told;
    this.#toldAt = Date.now();
  }
}
