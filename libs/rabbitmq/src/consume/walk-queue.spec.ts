import { EventEmitter } from 'node:events';
import type { ChannelModel, ConsumeMessage } from 'amqplib';
import type { BrokerConnection } from '../connection/broker-connection.js';
import { walkQueue } from './walk-queue.js';

/**
 * A broker that is slow in handing over: what it gave to a consumer is on its way, not ready, and arrives when the consumer is
 * cancelled, just before that is confirmed.
 */
class SlowBroker extends EventEmitter {
  readonly acked: ConsumeMessage[] = [];
  private deliver: (() => void) | undefined;

  constructor(private ready: ConsumeMessage[]) {
    super();
  }
  readonly createChannel = async () => this;
  readonly prefetch = async () => undefined;
  readonly close = async () => undefined;
  readonly nackAll = () => undefined;
  readonly ack = (message: ConsumeMessage) => void this.acked.push(message);
  readonly checkQueue = async () => ({
    messageCount: this.ready.length,
    consumerCount: this.deliver === undefined ? 0 : 1,
  });
  readonly consume = async (_queue: string, deliver: (message: ConsumeMessage) => void) => {
    const onTheirWay = this.ready;
    this.ready = [];
    this.deliver = () => onTheirWay.forEach(deliver);
  };
  readonly cancel = async () => {
    this.deliver?.();
    this.deliver = undefined;
  };
}

const message = (n: number) =>
  ({ content: Buffer.from(String(n)), fields: { exchange: '', routingKey: 'q' }, properties: {} }) as ConsumeMessage;

it('a walk does not end while envelopes are on their way to it', async () => {
  const broker = new SlowBroker([message(1), message(2)]);
  const connection = { current: broker as unknown as ChannelModel, answerWithinMs: 1_000 } as BrokerConnection;
  const seen: string[] = [];
  const work = async (batch: readonly { readonly body: Buffer }[]) =>
    void seen.push(...batch.map(({ body }) => String(body)));
  expect(await walkQueue({ connection, queue: 'q', name: 'test', work })).toBe(2);
  expect([seen, broker.acked.length]).toEqual([['1', '2'], 2]);
});
