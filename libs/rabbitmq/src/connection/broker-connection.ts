import { AppError } from '@earlybird/core';
import type { Channel, ChannelModel } from 'amqplib';
import { ConnectionTeller } from './connection-teller.js';
import { type OpenConnection, openConnection } from './open-connection.js';
import { type RabbitmqObserver, silentObserver } from './rabbitmq-news.js';
import { reasonOf } from './reason-of.js';
import { type Backoff, pause, waitBefore, within } from './waiting.js';

/** How a connection reaches its broker. */
export interface BrokerConnectionOptions {
  /** `amqp://user:password@host:port/vhost`. */
  readonly url: string;
  /** What the management UI shows: service, role, host. */
  readonly name: string;
  /**
   * Done on every fresh connection before anyone else may use it: declare or check the topology. While it throws, the
   * connection does not count as connected, and it is tried again with back-off: a wrong topology is told, never a crash.
   */
  readonly prepare?: (connection: ChannelModel) => Promise<void>;
  readonly observer?: RabbitmqObserver;
  /** For the handshake, and for anything that the broker must answer. Default 10 s: a node that restarts answers or refuses in less. */
  readonly answerWithinMs?: number;
  /** Default 15 s: a dead peer is noticed within 45 s, and a long pause of the garbage collector is not taken for death. */
  readonly heartbeatSeconds?: number;
  /** Between two tries. Default 100 ms to 5 s: consumers must be back within 10 s of the broker (quality.md). */
  readonly reconnect?: Backoff;
}

/** `connecting` holds, too, while the topology is not as it should be. */
export type ConnectionState = 'connecting' | 'connected' | 'closed';

/** Between two looks at a topology that is not as it should be: somebody is at work on it, or will be. */
const prepareAgain = { firstMs: 1_000, longestMs: 10_000 } as const;

/**
 * One connection that is opened anew whenever it is lost, until it is closed. amqplib's own recovery is not used: it hangs as
 * connected when the connection breaks during set-up (broker.md).
 *
 *     connecting ⇄ connected      any → closed (final)
 */
export class BrokerConnection {
  readonly #options: BrokerConnectionOptions & Required<Omit<BrokerConnectionOptions, 'prepare'>>;
  readonly #stop = new AbortController();
  readonly #stopped: Promise<void>;
  readonly #listeners = new Set<(state: ConnectionState) => void>();
  readonly #teller: ConnectionTeller;
  readonly #running: Promise<void>;
  #state: ConnectionState = 'connecting';
  #open: OpenConnection | undefined;
  #preparing: Promise<void> | undefined;

  constructor(options: BrokerConnectionOptions) {
    this.#options = {
      observer: silentObserver,
      answerWithinMs: 10_000,
      heartbeatSeconds: 15,
      reconnect: { firstMs: 100, longestMs: 5_000 },
      ...options,
    };
    this.#teller = new ConnectionTeller(options.url, this.#options.observer);
    this.#stopped = new Promise((resolve) => this.#stop.signal.addEventListener('abort', () => resolve()));
    this.#running = this.#keepOpen();
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** For readiness: why it is not connected. */
  get verdict(): { readonly ok: true } | { readonly ok: false; readonly reason: string } {
    if (this.#state === 'connected') return { ok: true };
    return { ok: false, reason: this.#state === 'closed' ? 'closed' : this.#teller.reason };
  }

  /** The open connection; undefined unless the state is `connected`. */
  get current(): ChannelModel | undefined {
    return this.#state === 'connected' ? this.#open?.model : undefined;
  }

  /** How long the broker may take to answer anything. */
  get answerWithinMs(): number {
    return this.#options.answerWithinMs;
  }

  /** Calls `listener` at every change of the state; the answer ends that. */
  onState(listener: (state: ConnectionState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Resolves `true` as soon as it is connected, `false` when it is closed instead. */
  whenConnected(): Promise<boolean> {
    if (this.#state !== 'connecting') return Promise.resolve(this.#state === 'connected');
    return new Promise((resolve) => {
      const stop = this.onState((state) => {
        if (state === 'connecting') return;
        stop();
        resolve(state === 'connected');
      });
    });
  }

  /**
   * Does one thing on a channel of its own.
   *
   * @throws AppError `broker_unavailable`, or `topology_missing` when the broker does not know what is asked for.
   */
  async withChannel<Result>(work: (channel: Channel) => Promise<Result>): Promise<Result> {
    const { current, answerWithinMs } = this;
    if (current === undefined) throw new AppError('broker_unavailable', 'There is no connection to RabbitMQ.');
    try {
      const channel = await within(answerWithinMs, current.createChannel(), 'opening a channel');
      channel.on('error', () => undefined);
      const result = await within(answerWithinMs, work(channel), 'a question to the broker');
      channel.close().catch(() => undefined);
      return result;
    } catch (cause) {
      const missing = cause instanceof Error && 'code' in cause && cause.code === 404;
      throw new AppError(missing ? 'topology_missing' : 'broker_unavailable', reasonOf(cause), { cause });
    }
  }

  /**
   * Repeats `prepare` on the open connection, once for all who ask meanwhile: something that it declared has gone. Tells the
   * observer what is wrong; never rejects.
   */
  prepareAgain(): Promise<void> {
    const { current } = this;
    if (current === undefined) return Promise.resolve();
    this.#preparing ??= this.#prepare(current)
      .catch((cause: unknown) => this.#teller.topologyWrong(reasonOf(cause)))
      .finally(() => (this.#preparing = undefined));
    return this.#preparing;
  }

  /** Gives the open connection up and opens another one: it does not answer any more, whatever its heartbeat says. */
  restart(cause: unknown): void {
    this.#open?.giveUp(cause);
  }

  /** Closes for good. */
  async close(): Promise<void> {
    this.#enter('closed');
    this.#stop.abort();
    await this.#running;
  }

  async #keepOpen(): Promise<void> {
    let tries = 0;
    while (!this.#stop.signal.aborted) {
      const waitMs = waitBefore(tries, this.#options.reconnect);
      tries += 1;
      try {
        await this.#useOneConnection(() => (tries = 0));
      } catch (cause) {
        if (!this.#stop.signal.aborted) this.#teller.waiting(cause, waitMs);
      }
      await pause(waitMs, this.#stop.signal);
    }
  }

  /** Returns when the connection has ended; throws when it could not be had. */
  async #useOneConnection(onOpened: () => void): Promise<void> {
    const opening = openConnection(this.#options);
    const open = await Promise.race([opening, this.#stopped]);
    // Stopped meanwhile: whatever opens now is closed, and nobody waits for it.
    if (open === undefined) return void opening.then((late) => late.close()).catch(() => undefined);
    this.#open = open;
    try {
      await this.#prepareUntilDone(open);
      onOpened();
      this.#enter('connected');
      this.#enter('connecting', await Promise.race([open.ended, this.#stopped]));
    } finally {
      this.#open = undefined;
      const closed = open.close();
      if (this.#stop.signal.aborted) await closed;
    }
  }

  /** @throws the cause when the connection ends before the topology is as it should be. */
  async #prepareUntilDone(open: OpenConnection): Promise<void> {
    const over = Promise.race([open.ended, this.#stopped]).then((cause) => {
      throw cause instanceof Error ? cause : new Error(reasonOf(cause));
    });
    over.catch(() => undefined);
    for (let tries = 0; ; tries += 1) {
      try {
        return await Promise.race([this.#prepare(open.model), over]);
      } catch (cause) {
        if (!(cause instanceof AppError) || cause.code === 'broker_unavailable') throw cause;
        this.#teller.topologyWrong(cause.message);
        await Promise.race([pause(waitBefore(tries, prepareAgain), this.#stop.signal), over]);
      }
    }
  }

  async #prepare(connection: ChannelModel): Promise<void> {
    await this.#options.prepare?.(connection);
  }

  #enter(state: ConnectionState, cause?: unknown): void {
    if (this.#state === 'closed' || this.#state === state) return;
    this.#state = state;
    if (state === 'connected') this.#teller.reached();
    if (state === 'connecting') this.#teller.lost(cause);
    for (const listener of this.#listeners) listener(state);
  }
}
