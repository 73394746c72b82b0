import { setTimeout as sleep } from 'node:timers/promises';
import { lookAtQueue, type QueueLook } from '@earlybird/rabbitmq';
import { type Channel, type ChannelModel, connect, type GetMessage } from 'amqplib';

/** An envelope that lies in a queue. */
export interface LyingEnvelope {
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** What to publish past every library of ours. */
export interface RawPublication {
  readonly routingKey: string;
  readonly body: string | Buffer;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, unknown>>;
}

/** The broker of a system, seen by its administrator. */
export class SystemBroker {
  private connection: Promise<ChannelModel> | undefined;

  /** `url` is the administrator's, with the virtual host. */
  constructor(private readonly url: string) {}

  look(queue: string): Promise<QueueLook> {
    return this.onChannel((channel) => lookAtQueue(channel, queue));
  }

  /** How many envelopes are ready in a queue. */
  async depth(queue: string): Promise<number> {
    return (await this.look(queue)).ready;
  }

  /** Reads up to `limit` envelopes and leaves them where they are. For dead-letter queues, where looking costs nothing. */
  peek(queue: string, limit = 1_000): Promise<readonly LyingEnvelope[]> {
    return this.onChannel(async (channel) => {
      const found: GetMessage[] = [];
      while (found.length < limit) {
        const message = await channel.get(queue);
        if (message === false) break;
        found.push(message);
      }
      const last = found.at(-1);
      if (last !== undefined) channel.nack(last, true, true);
      await untilBack(channel, queue, found.length);
      return found.map(({ content, properties }) => ({
        headers: { ...properties.headers },
        body: content.toString('utf8'),
      }));
    });
  }

  async close(): Promise<void> {
    const { connection } = this;
    this.connection = undefined;
    const open = await connection?.catch(() => undefined);
    if (open !== undefined) await sayGoodbye(open);
  }

  private async onChannel<Result>(work: (channel: Channel) => Promise<Result>): Promise<Result> {
    this.connection ??= this.open();
    const { connection } = this;
    try {
      const channel = await (await connection).createChannel();
      channel.on('error', () => undefined);
      const result = await work(channel);
      await channel.close();
      return result;
    } catch (error) {
      this.forget(connection);
      throw error;
    }
  }

  private async open(): Promise<ChannelModel> {
    const opened = await connect(this.url, { noDelay: true });
    opened.on('error', () => undefined);
    return opened;
  }

  /** The next question gets a new connection. */
  private forget(connection: Promise<ChannelModel>): void {
    if (this.connection === connection) this.connection = undefined;
    void connection.then((lost) => lost.close()).catch(() => undefined);
  }
}

/** A connection that the broker closes in the same instant is never told that its own goodbye arrived: whichever comes first. */
async function sayGoodbye(connection: ChannelModel): Promise<void> {
  const gone = new Promise((resolve) => connection.once('close', resolve));
  await Promise.race([connection.close().catch(() => undefined), gone]);
}

/** What was given back is ready a moment later, and only then is the queue as it was. Somebody else may take of it meanwhile. */
async function untilBack(channel: Channel, queue: string, count: number): Promise<void> {
  for (let look = 0; look < 20 && (await lookAtQueue(channel, queue)).ready < count; look += 1) await sleep(50);
}

/** Publishes to `domain.events` as the account of the URL, without looking at what it is; resolves when the broker has confirmed. */
export async function publishRaw(url: string, publications: readonly RawPublication[]): Promise<void> {
  const connection = await connect(url, { noDelay: true });
  // A broker that is killed meanwhile: what was not confirmed rejects below, and an `error` that nobody hears would end the process.
  connection.on('error', () => undefined);
  try {
    const channel = await connection.createConfirmChannel();
    channel.on('error', () => undefined);
    for (const { routingKey, body, contentType = 'application/cloudevents+json', headers = {} } of publications)
      channel.publish('domain.events', routingKey, Buffer.from(body), {
        persistent: true,
        mandatory: true,
        contentType,
        headers,
        userId: decodeURIComponent(new URL(url).username),
      });
    await channel.waitForConfirms();
  } finally {
    await sayGoodbye(connection);
  }
}
