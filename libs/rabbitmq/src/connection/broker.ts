import { hostname } from 'node:os';
import type { ChannelModel } from 'amqplib';
import { EnvelopePublisher } from '../publish/envelope-publisher.js';
import { BrokerConnection } from './broker-connection.js';
import { noMeter, type RabbitmqMeter } from './rabbitmq-meter.js';
import { type RabbitmqObserver, silentObserver } from './rabbitmq-news.js';

/** How a process reaches the broker. */
export interface BrokerOptions {
  /** `amqp://user:password@host:port/vhost`. */
  readonly url: string;
  /** The first word of every connection's and consumer's name: `notifications-worker`. */
  readonly service: string;
  /** Declares or checks the topology on every fresh connection; see `declareTopology` and `checkTopology`. */
  readonly prepare?: (connection: ChannelModel) => Promise<void>;
  readonly observer?: RabbitmqObserver;
  readonly meter?: Pick<RabbitmqMeter, 'published'>;
  /** How long the broker may take to answer anything but a publication. Default 10 s; see `BrokerConnection`. */
  readonly answerWithinMs?: number;
}

/** Whether envelopes can flow, for readiness. */
export type BrokerVerdict = { readonly ok: true } | { readonly ok: false; readonly reason: string };

/**
 * The two connections of a process. Separate, because during a memory or disk alarm a connection that publishes is blocked,
 * acks included (broker.md). Both connect and reconnect by themselves from the making on.
 */
export class Broker {
  readonly publisher: EnvelopePublisher;
  readonly connection: BrokerConnection;
  /** Service, role, host and process, as the management UI shows them. */
  readonly consumerName: string;
  readonly #lost = new Set<(reason: string) => void>();
  readonly #back = new Set<() => void>();
  #wasOk = false;

  constructor({
    url,
    service,
    prepare,
    observer = silentObserver,
    meter = noMeter,
    answerWithinMs = 10_000,
  }: BrokerOptions) {
    const where = `${hostname()}:${process.pid}`;
    this.consumerName = `${service} ${where}`;
    this.publisher = new EnvelopePublisher({ url, name: `${service} publish ${where}`, observer, meter });
    this.connection = new BrokerConnection({
      url,
      name: `${service} consume ${where}`,
      observer,
      answerWithinMs,
      ...(prepare === undefined ? {} : { prepare }),
    });
    this.publisher.onState(() => this.#compare());
    this.connection.onState(() => this.#compare());
  }

  /** Not ok while either connection is away, the topology is not as it should be, or the broker takes no publications. */
  get verdict(): BrokerVerdict {
    if (!this.connection.verdict.ok) return this.connection.verdict;
    const { state } = this.publisher;
    return state === 'connected' ? { ok: true } : { ok: false, reason: `publishing is ${state}` };
  }

  /** Calls `listener` whenever envelopes cannot flow any more; the answer ends that. */
  onLost(listener: (reason: string) => void): () => void {
    this.#lost.add(listener);
    return () => this.#lost.delete(listener);
  }

  /** Calls `listener` whenever envelopes can flow (again); the answer ends that. */
  onBack(listener: () => void): () => void {
    this.#back.add(listener);
    return () => this.#back.delete(listener);
  }

  /** Resolves `true` when envelopes can flow, `false` when the broker was closed instead. Waits as long as that takes. */
  async whenReady(): Promise<boolean> {
    const both = await Promise.all([this.connection.whenConnected(), this.publisher.whenConnected()]);
    return both.every(Boolean);
  }

  /** Waits for outstanding confirms and closes both connections. Close the consumers before. */
  async close(): Promise<void> {
    await this.publisher.close();
    await this.connection.close();
  }

  #compare(): void {
    const { verdict } = this;
    if (verdict.ok === this.#wasOk) return;
    this.#wasOk = verdict.ok;
    if (verdict.ok) for (const listener of this.#back) listener();
    else for (const listener of this.#lost) listener(verdict.reason);
  }
}
