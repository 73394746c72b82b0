import { type ChannelModel, type ConfirmChannel, connect } from 'amqplib';
import { pause, within } from './waiting.js';

/** How a link reaches its broker. */
export interface BrokerLinkOptions {
  /** `amqp://user:password@host:port/vhost` or `amqps://…`. */
  readonly url: string;
  /** What the broker's management page shows: service, role, host. */
  readonly name: string;
  /** Both for the handshake and for opening the channel. Default 10 s: a node that restarts answers or refuses in less. */
  readonly connectTimeoutMs?: number;
  /** Default 15 s: a dead peer is noticed within 30 s, and a long pause of the garbage collector is not taken for death. */
  readonly heartbeatSeconds?: number;
  /** First and longest wait between two tries to connect. Default 100 ms to 5 s, so that a restart of the broker costs at most 5 s more. */
  readonly reconnect?: { readonly firstMs: number; readonly longestMs: number };
}

/** What a link tells its owner, in this order: opened, perhaps blocked and unblocked, lost, and again. */
export interface BrokerLinkListener {
  /** A fresh confirm channel; the former one is gone. */
  opened(channel: ConfirmChannel): void;
  /** The channel is gone, or could not be had. Everything outstanding on it has been called back before. */
  lost(cause: unknown): void;
  /** The broker takes no publications (a reason), or takes them again (`undefined`). */
  blocked(reason: string | undefined): void;
}

/**
 * Keeps one confirm channel open on a connection of its own, and opens it anew whenever it is lost, until it is closed.
 * amqplib's own recovery is not used: it can hang as "connected" when the connection breaks during set-up (broker.md).
 */
export class BrokerLink {
  readonly #stop = new AbortController();
  readonly #options: Required<BrokerLinkOptions>;
  readonly #running: Promise<void>;
  #connection: ChannelModel | undefined;

  constructor(
    options: BrokerLinkOptions,
    private readonly listener: BrokerLinkListener,
  ) {
    this.#options = {
      connectTimeoutMs: 10_000,
      heartbeatSeconds: 15,
      reconnect: { firstMs: 100, longestMs: 5_000 },
      ...options,
    };
    this.#running = this.#keepOpen();
  }

  /** Closes the connection for good. What is outstanding is called back as lost. */
  async close(): Promise<void> {
    this.#stop.abort();
    const closed = this.#connection?.close().catch(() => undefined);
    // A broker that does not answer the goodbye is left to its heartbeat.
    await within(this.#options.connectTimeoutMs, Promise.all([closed, this.#running])).catch(() => undefined);
  }

  async #keepOpen(): Promise<void> {
    const { firstMs, longestMs } = this.#options.reconnect;
    let waitMs = firstMs;
    while (!this.#stop.signal.aborted) {
      await this.#useOneConnection(() => (waitMs = firstMs)).catch((cause: unknown) => this.listener.lost(cause));
      // Half of it at random, so that the clients of a restarted broker do not all come back in the same instant.
      await pause(waitMs * (0.5 + Math.random() / 2), this.#stop.signal);
      waitMs = Math.min(waitMs * 2, longestMs);
    }
  }

  /** Returns or throws when the connection is gone. */
  async #useOneConnection(onOpened: () => void): Promise<void> {
    const connection = await connect(withHeartbeat(this.#options), {
      noDelay: true,
      timeout: this.#options.connectTimeoutMs,
      clientProperties: { connection_name: this.#options.name },
    });
    this.#connection = connection;
    let gone: unknown;
    connection.on('error', (cause) => (gone ??= cause));
    connection.on('blocked', (reason) => this.listener.blocked(reason));
    connection.on('unblocked', () => this.listener.blocked(undefined));
    const closed = new Promise<void>((resolve) => {
      connection.on('close', (cause) => {
        gone ??= cause ?? new Error('The connection was closed.');
        resolve();
      });
    });
    try {
      while (gone === undefined && !this.#stop.signal.aborted) {
        const channel = await within(this.#options.connectTimeoutMs, connection.createConfirmChannel());
        onOpened();
        this.listener.lost((await this.#useOneChannel(channel)) ?? gone ?? new Error('The channel was closed.'));
      }
    } finally {
      this.#connection = undefined;
      if (gone === undefined) await within(this.#options.connectTimeoutMs, connection.close()).catch(() => undefined);
      else await closed;
    }
  }

  /** Returns when the channel is gone, with its own reason if it has one. */
  async #useOneChannel(channel: ConfirmChannel): Promise<unknown> {
    let cause: unknown;
    channel.on('error', (error) => (cause = error));
    const closed = new Promise<void>((resolve) => channel.on('close', resolve));
    this.listener.opened(channel);
    await closed;
    return cause;
  }
}

function withHeartbeat({ url, heartbeatSeconds }: Required<BrokerLinkOptions>): string {
  const address = new URL(url);
  if (!address.searchParams.has('heartbeat')) address.searchParams.set('heartbeat', String(heartbeatSeconds));
  return address.href;
}
