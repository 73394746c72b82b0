import { eventually, guardLeaks, makeVhost, type TestVhost } from '@earlybird/testing';
import { type ChannelModel, connect } from 'amqplib';
import type { RabbitmqNews } from '../connection/rabbitmq-news.js';
import { applyTopology } from './apply-topology.js';
import { exchanges, queues } from './names.js';
import { TopologyWatch } from './topology-watch.js';
import { topologyOf } from './topology.js';

const topology = topologyOf({ eventTypes: ['order.created'], retryDelaysMs: [300_000], deferDelayMs: 30_000 });

describe('the watch over the topology', () => {
  const news: RabbitmqNews[] = [];
  let vhost: TestVhost;
  let connection: ChannelModel;
  let watch: TopologyWatch;

  beforeAll(async () => {
    vhost = await makeVhost();
    const managementUrl = process.env['RABBITMQ_MANAGEMENT_URL'] ?? '';
    await applyTopology({ managementUrl, vhost: vhost.name, passwords: {}, topology });
    connection = await connect(vhost.url);
    const observer = { report: (one: RabbitmqNews) => void news.push(one) };
    watch = new TopologyWatch({ connection: { current: connection, answerWithinMs: 10_000 }, topology, observer });
  }, 30_000);
  afterAll(async () => {
    await connection.close();
    await vhost.remove();
  });

  it('says nothing while everything is there', async () => {
    await watch.look();
    expect(watch.verdict).toEqual({ ok: true });
    expect(news).toEqual([]);
  });

  it('declares anew what has gone, a binding too, and tells of the queue', async () => {
    const channel = await connection.createConfirmChannel();
    await channel.deleteQueue(queues.receiptsDead);
    await channel.unbindQueue(queues.events, exchanges.events, 'order.created');
    await watch.look();
    expect(watch.verdict).toEqual({ ok: true });
    expect(news).toEqual([
      { kind: 'topology_wrong', detail: expect.stringContaining(`queue ${queues.receiptsDead} had gone`) as string },
    ]);
    channel.publish(exchanges.events, 'order.created', Buffer.from('{}'));
    await channel.waitForConfirms();
    await eventually(async () => (await channel.checkQueue(queues.events)).messageCount === 1, {
      message: 'the event arrives through the binding',
    });
    await channel.close();
  });

  it('is not ready while a queue has other arguments, says so once, and is ready when that is mended', async () => {
    news.length = 0;
    const name = 'notifications.dispatch.retry.5m';
    const channel = await connection.createChannel();
    const right = topology.queues.find((queue) => queue.name === name)?.arguments ?? {};
    await channel.deleteQueue(name);
    await channel.assertQueue(name, { durable: true, arguments: { ...right, 'x-message-ttl': 5_000 } });
    await watch.look();
    await watch.look();
    const reason = expect.stringMatching(
      /queue notifications\.dispatch\.retry\.5m \(PRECONDITION_FAILED.*topology -- doctor/s,
    ) as string;
    expect(watch.verdict).toEqual({ ok: false, reason });
    expect(news).toEqual([{ kind: 'topology_wrong', detail: reason }]);
    await channel.deleteQueue(name);
    await watch.look();
    expect(watch.verdict).toEqual({ ok: true });
    await channel.close();
  });
});

guardLeaks();
