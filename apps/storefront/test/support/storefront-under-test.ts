import { type DomainEvent, eventCatalogue } from '@earlybird/events';
import { createLogger, type StorefrontConfig } from '@earlybird/ops';
import { eventually, makeDatabase, makeVhost, Road, type TestDatabase, type TestVhost } from '@earlybird/testing';
import { type Channel, type ChannelModel, connect } from 'amqplib';
import { startStorefront } from '../../src/start-storefront.js';

/** A problem document or an answer; tests look at what they expect. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A storefront on servers of its own: a virtual host, a database, and roads to both that can be blocked. */
export class StorefrontUnderTest {
  readonly #steps: (() => Promise<void> | void)[] = [];
  readonly #seen: DomainEvent[] = [];
  #url = '';

  private constructor(
    readonly toBroker: Road,
    readonly toDatabase: Road,
    private readonly database: TestDatabase,
    private readonly vhost: TestVhost,
    private readonly admin: ChannelModel,
    private readonly channel: Channel,
  ) {}

  /** Makes the servers' part; the storefront itself starts with `start`. */
  static async prepare(): Promise<StorefrontUnderTest> {
    const vhost = await makeVhost();
    const admin = await connect(vhost.url);
    const channel = await admin.createChannel();
    await channel.assertExchange('domain.events', 'topic', { durable: true });
    await channel.assertQueue('all', { durable: true, arguments: { 'x-queue-type': 'quorum' } });
    await channel.bindQueue('all', 'domain.events', '#');
    const database = makeDatabase();
    const roads = [await Road.to(vhost.url), await Road.to(database.url)] as const;
    return new StorefrontUnderTest(...roads, database, vhost, admin, channel);
  }

  async start(): Promise<void> {
    const url = this.toBroker.url;
    const config: StorefrontConfig = {
      log: { level: 'silent' },
      stop: { deadlineMs: 10_000 },
      listen: { host: '127.0.0.1', port: 0 },
      mongodb: { url: this.toDatabase.url, database: this.database.name },
      publishers: { order: url, subscription: url, delivery: url, billing: url },
    };
    const log = createLogger({ app: 'storefront', level: 'silent' });
    this.#url = await startStorefront(config, log, { onStop: (_name, step) => void this.#steps.unshift(step) });
  }

  /** The graceful stop. */
  async stop(): Promise<void> {
    for (const step of this.#steps.splice(0)) await step();
  }

  async remove(): Promise<void> {
    await Promise.all([this.toBroker.open(), this.toDatabase.open()]);
    await this.stop();
    await Promise.all([this.toBroker.close(), this.toDatabase.close()]);
    await this.admin.close();
    await this.vhost.remove();
    await this.database.drop();
  }

  async call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Reply> {
    const response = await fetch(new URL(path, this.#url), {
      method,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return { status: response.status, headers: response.headers, body: (await response.json()) as Reply['body'] };
  }

  /** Waits until the broker has the event of this id (of whatever came so far), and answers it. */
  async eventOf(reply: Reply, index = 0): Promise<DomainEvent> {
    const id = (reply.body['event_ids'] as readonly string[])[index];
    return eventually(async () => (await this.events()).find((event) => event.id === id), {
      message: `the event ${id ?? 'without an id'} reaches the broker`,
    });
  }

  /** Every event that the broker got so far, valid or the test fails; in the order of arrival. */
  async events(): Promise<readonly DomainEvent[]> {
    for (;;) {
      const message = await this.channel.get('all', { noAck: true });
      if (message === false) return this.#seen;
      const validation = eventCatalogue.validate(message.fields.routingKey, JSON.parse(message.content.toString()));
      if (!validation.ok) throw new Error(`An invalid event: ${JSON.stringify(validation.issues)}`);
      this.#seen.push(validation.event);
    }
  }
}
