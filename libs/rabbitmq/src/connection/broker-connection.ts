import { AppError } from '@earlybird/core';
import { type Channel, type ChannelModel, connect } from 'amqplib';
import { type RabbitmqObserver, silentObserver } from './rabbitmq-news.js';
import { addressOf, reasonOf } from './reason-of.js';
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

/** Between two lines about the same wait. */
const quietMs = 3_000;

/**
 * One connection that is opened anew whenever it is lost, until it is closed. amqplib's own recovery is not used: it hangs as
 * connected when the connection breaks during set-up (broker.md).
 *
 *     connecting ⇄ connected      any → closed (final)
 */
export class BrokerConnection {
  readonly #options: BrokerConnectionOptions & Required<Omit<BrokerConnectionOptions, 'prepare'>>;
  readonly #stop = new AbortController();
  readonly #listeners = new Set<(state: ConnectionState, cause?: unknown) => void>();
  readonly #running: Promise<void>;
  #state: ConnectionState = 'connecting';
  #reason = 'starting';
  #current: ChannelModel | undefined;
  #endCurrent: ((cause: unknown) => void) | undefined;
  #preparing: Promise<void> | undefined;
  #connectedBefore = false;
  #awaySince = Date.now();
  #lastWaitLine = 0;

  constructor(options: BrokerConnectionOptions) {
    this.#options = {
      observer: silentObserver,
      answerWithinMs: 10_000,
      heartbeatSeconds: 15,
      reconnect: { firstMs: 100, longestMs: 5_000 },
      ...options,
    };
    this.#running = this.#keepOpen();
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** For readiness: why it is not connected. */
  get verdict(): { readonly ok: true } | { readonly ok: false; readonly reason: string } {
    return this.#state === 'connected' ? { ok: true } : { ok: false, reason: this.#reason };
  }

  /** The open connection; undefined unless the state is `connected`. */
  get current(): ChannelModel | undefined {
    return this.#state === 'connected' ? this.#current : undefined;
  }

  /** How long the broker may take to answer anything. */
  get answerWithinMs(): number {
    return this.#options.answerWithinMs;
  }

  /** Calls `listener` at every change of the state; the answer ends that. */
  onState(listener: (state: ConnectionState, cause?: unknown) => void): () => void {
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
    const { current } = this;
    if (current === undefined) throw new AppError('broker_unavailable', 'There is no connection to RabbitMQ.');
    try {
      const channel = await this.#answer(current.createChannel(), 'opening a channel');
      channel.on('error', () => undefined);
      const result = await this.#answer(work(channel), 'a question to the broker');
      channel.close().catch(() => undefined);
      return result;
    } catch (cause) {
      const missing = cause instanceof Error && 'code' in cause && cause.code === 404;
      throw new AppError(missing ? 'topology_missing' : 'broker_unavailable', reasonOf(cause), { cause });
    }
  }

  /** Repeats `prepare` on the open connection, once for all who ask meanwhile: something that it declared has gone. */
  prepareAgain(): Promise<void> {
    const { current } = this;
    if (current === undefined) return Promise.resolve();
    this.#preparing ??= this.#prepare(current).finally(() => (this.#preparing = undefined));
    return this.#preparing;
  }

  /** Gives the open connection up and opens another one: it does not answer any more, whatever its heartbeat says. */
  restart(cause: unknown): void {
    this.#endCurrent?.(cause);
  }

  /** Closes for good. */
  async close(): Promise<void> {
    this.#stop.abort();
    this.#enter('closed', undefined);
    this.#endCurrent?.(new Error('closed by us'));
    await this.#running;
  }

  async #keepOpen(): Promise<void> {
    for (let tries = 0; !this.#stop.signal.aborted; tries += 1) {
      const waitMs = waitBefore(tries, this.#options.reconnect);
      try {
        await this.#useOneConnection(() => (tries = -1));
      } catch (cause) {
        this.#tellWaiting(cause, waitMs);
      }
      await pause(tries < 0 ? waitBefore(0, this.#options.reconnect) : waitMs, this.#stop.signal);
    }
  }

  /** Returns when the connection has ended; throws when it could not be had. */
  async #useOneConnection(onOpened: () => void): Promise<void> {
    const connection = await this.#open();
    const ended = new Promise<unknown>((resolve) => {
      this.#endCurrent = resolve;
      let cause: unknown;
      connection.on('error', (error) => (cause = error));
      connection.on('close', (error) => resolve(cause ?? error));
    });
    try {
      this.#current = connection;
      await this.#prepareUntilDone(connection, ended);
      if (this.#stop.signal.aborted) return;
      onOpened();
      this.#enter('connected', undefined);
      const cause = await ended;
      this.#enter('connecting', cause);
    } finally {
      this.#endCurrent = undefined;
      this.#current = undefined;
      // A broker that does not answer the goodbye is left to its heartbeat.
      await within(2_000, connection.close(), 'goodbye').catch(() => undefined);
    }
  }

  async #open(): Promise<ChannelModel> {
    const { url, name, heartbeatSeconds, answerWithinMs } = this.#options;
    const opening = connect(withHeartbeat(url, heartbeatSeconds), {
      noDelay: true,
      timeout: answerWithinMs,
      clientProperties: { connection_name: name },
    });
    try {
      return await within(2 * answerWithinMs, opening, 'connecting');
    } catch (cause) {
      // Should it open after all, nobody waits for it any more.
      void opening.then((late) => late.close()).catch(() => undefined);
      throw cause;
    }
  }

  /** @throws the cause when the connection ends before the topology is as it should be. */
  async #prepareUntilDone(connection: ChannelModel, ended: Promise<unknown>): Promise<void> {
    const whenEnded = ended.then((cause) => {
      throw cause instanceof Error ? cause : new Error(reasonOf(cause));
    });
    whenEnded.catch(() => undefined);
    for (let tries = 0; !this.#stop.signal.aborted; tries += 1) {
      try {
        return await Promise.race([this.#prepare(connection), whenEnded]);
      } catch (cause) {
        if (!(cause instanceof AppError) || cause.code === 'broker_unavailable') throw cause;
        this.#reason = cause.message;
        this.#options.observer.report({ kind: 'topology_wrong', detail: cause.message });
        const waitMs = waitBefore(tries, { firstMs: 1_000, longestMs: 10_000 });
        await Promise.race([pause(waitMs, this.#stop.signal), whenEnded]);
      }
    }
  }

  async #prepare(connection: ChannelModel): Promise<void> {
    await this.#options.prepare?.(connection);
  }

  #answer<Result>(promise: Promise<Result>, what: string): Promise<Result> {
    return within(this.#options.answerWithinMs, promise, what);
  }

  #enter(state: ConnectionState, cause: unknown): void {
    if (this.#state === 'closed' || this.#state === state) return;
    this.#state = state;
    this.#tell(state, cause);
    for (const listener of this.#listeners) listener(state, cause);
  }

  #tell(state: ConnectionState, cause: unknown): void {
    const { observer, url } = this.#options;
    const about = { server: 'RabbitMQ', context: 'consume' } as const;
    const waitedMs = Date.now() - this.#awaySince;
    if (state === 'closed') this.#reason = 'closed';
    if (state === 'connecting') {
      this.#awaySince = Date.now();
      this.#reason = `connection lost: ${reasonOf(cause)}`;
      observer.report({ kind: 'connection_lost', ...about, reason: reasonOf(cause) });
    }
    if (state !== 'connected') return;
    if (this.#connectedBefore) observer.report({ kind: 'connection_restored', ...about, waitedMs });
    else observer.report({ kind: 'server_reached', server: 'RabbitMQ', address: addressOf(url), waitedMs });
    this.#connectedBefore = true;
  }

  #tellWaiting(cause: unknown, waitMs: number): void {
    this.#reason = `waiting for RabbitMQ: ${reasonOf(cause)}`;
    if (this.#stop.signal.aborted || Date.now() - this.#lastWaitLine < quietMs) return;
    this.#lastWaitLine = Date.now();
    this.#options.observer.report({
      kind: 'waiting_for_server',
      server: 'RabbitMQ',
      address: addressOf(this.#options.url),
      reason: reasonOf(cause),
      waitMs,
      waitedMs: Date.now() - this.#awaySince,
    });
  }
}

function withHeartbeat(url: string, seconds: number): string {
  const address = new URL(url);
  if (!address.searchParams.has('heartbeat')) address.searchParams.set('heartbeat', String(seconds));
  return address.href;
}
