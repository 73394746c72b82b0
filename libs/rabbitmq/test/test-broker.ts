import { type ChannelModel, type ConfirmChannel, type ConsumeMessage, type GetMessage, connect } from 'amqplib';
import { lookAtQueue } from '../src/connection/look-at-queue.js';

/** A plain connection of the test's own, to look at queues and to put things into them past our code. */
export class TestBroker {
  private constructor(
    readonly connection: ChannelModel,
    readonly channel: ConfirmChannel,
  ) {}

  static async open(url: string): Promise<TestBroker> {
    const connection = await connect(url, { noDelay: true });
    connection.on('error', () => undefined);
    const channel = await connection.createConfirmChannel();
    channel.on('error', () => undefined);
    return new TestBroker(connection, channel);
  }

  /** Puts `count` bodies `{"n":0}` … into a queue, and waits until the broker has them. */
  async fill(queue: string, count: number, headers: Readonly<Record<string, unknown>> = {}): Promise<void> {
    for (let n = 0; n < count; n += 1) {
      const options = { persistent: true, messageId: `${queue}/${n}`, headers: { ...headers } };
      this.channel.sendToQueue(queue, Buffer.from(JSON.stringify({ n })), options);
    }
    await this.channel.waitForConfirms();
  }

  /** How many envelopes are ready. */
  async ready(queue: string): Promise<number> {
    return (await lookAtQueue(this.channel, queue)).ready;
  }

  async consumers(queue: string): Promise<number> {
    return (await lookAtQueue(this.channel, queue)).consumers;
  }

  /** Takes one envelope for good; undefined when none is ready. */
  async take(queue: string): Promise<GetMessage | undefined> {
    const message = await this.channel.get(queue, { noAck: true });
    return message === false ? undefined : message;
  }

  async close(): Promise<void> {
    await this.connection.close().catch(() => undefined);
  }
}

/** The headers of a message without RabbitMQ's own count of its deliveries, which versions before 4 put into every one. */
export function headersOf(message: GetMessage | undefined): Readonly<Record<string, unknown>> {
  const { 'x-delivery-count': _, ...headers } = { ...message?.properties.headers };
  return headers;
}

/** The number in a body that `fill` made. */
export function numberIn(message: Pick<ConsumeMessage, 'content'>): number {
  return (JSON.parse(message.content.toString()) as { n: number }).n;
}
