import { jest } from '@jest/globals';
import { isLostInfrastructure } from '@earlybird/core';
import { eventually, guardLeaks } from '@earlybird/testing';
import { silentProgress } from '../../../../tools/progress.js';
import { ensureServers } from '../../../../tools/servers/ensure-servers.js';
import type { Servers } from '../../../../tools/servers/servers.js';
import { TestBroker } from '../../test/test-broker.js';
import { Broker } from '../connection/broker.js';
import type { RabbitmqNews } from '../connection/rabbitmq-news.js';
import { rebuildQueue } from '../doctor/rebuild-queue.js';
import { byQueueName } from '../publish/dispatch-route.js';
import { RabbitmqDispatchQueue } from '../publish/rabbitmq-dispatch-queue.js';
import { decodeDispatchEnvelope } from '../envelope/decode-dispatch-envelope.js';
import { declareTopology } from '../topology/declare-topology.js';
import { queues } from '../topology/names.js';
import { topologyOf } from '../topology/topology.js';
import { QueueConsumer } from './queue-consumer.js';

jest.setTimeout(300_000);

/** A queue declared less than 2 s before the broker is killed loses confirmed messages (broker.md). */
const settleMs = 5_000;

/** Longer than all looks of a rebuild; it must ask the leader itself in the end. */
const busyMs = 6_000;

const full = topologyOf({ eventTypes: [], retryDelaysMs: [1_000], deferDelayMs: 1_000 });
const topology = {
  ...full,
  exchanges: full.exchanges.filter(({ owner }) => owner === 'worker'),
  queues: full.queues.filter(({ owner }) => owner === 'worker'),
};

describe('a broker that is killed under load', () => {
  let servers: Servers;
  let broker: Broker;
  let consumer: QueueConsumer;
  const news: { kind: RabbitmqNews['kind']; at: number }[] = [];

  beforeAll(async () => {
    servers = await ensureServers({
      profile: 'test',
      instanceName: 'broker-restart',
      ownOnly: true,
      progress: silentProgress,
    });
  });
  afterAll(async () => {
    await servers.stop();
  });

  it('gets its consumers back within 10 s of its return, and loses nothing that it confirmed', async () => {
    const { control } = servers;
    if (control === undefined) throw new Error('this test needs a broker of its own that it may kill');
    const observer = { report: ({ kind }: RabbitmqNews) => news.push({ kind, at: Date.now() }) };
    broker = new Broker({
      url: servers.rabbitmqUrl,
      service: 'test',
      prepare: (connection) => declareTopology(connection, topology),
      observer,
    });
    await broker.whenReady();
    const { publisher, connection } = broker;
    const queue = new RabbitmqDispatchQueue({ publisher, connection, route: byQueueName, deferDelayMs: 1_000 });
    const handled = new Set<string>();
    consumer = new QueueConsumer({
      connection,
      publisher,
      queue: queues.dispatch,
      name: broker.consumerName,
      concurrency: { channels: 2, prefetch: 32 },
      observer,
      handle: async (delivery) => {
        await new Promise((resolve) => setTimeout(resolve, 2));
        const decoded = decodeDispatchEnvelope(delivery);
        if (decoded.ok) handled.add(decoded.envelope.notificationId);
      },
    });
    consumer.start();
    await eventually(() => consumer.verdict.ok, { message: 'the consumer is attached' });
    await new Promise((resolve) => setTimeout(resolve, settleMs));

    const confirmed = new Set<string>();
    let isLoading = true;
    const load = Array.from({ length: 20 }, async (_, lane) => {
      for (let n = 0; isLoading; n += 1) {
        const notificationId = `msg_${lane}_${n}`;
        try {
          await queue.enqueue({ notificationId, attempt: 1, lane: 'normal', repeat: false, correlationId: 'x' });
          confirmed.add(notificationId);
        } catch (error) {
          if (!isLostInfrastructure(error)) throw error;
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
      }
    });

    for (let kills = 0; kills < 2; kills += 1) {
      const before = handled.size;
      await eventually(() => handled.size > before + 500, { message: 'envelopes flow' });
      await control.rabbitmq.kill();
      await eventually(() => !consumer.verdict.ok, { message: 'the loss is noticed' });
      await control.rabbitmq.start();
      await eventually(() => consumer.verdict.ok, { withinMs: 10_000, message: 'the consumer is attached again' });
    }
    isLoading = false;
    await Promise.all(load);

    await eventually(() => [...confirmed].every((id) => handled.has(id)), {
      message: 'everything that was confirmed is handled',
    });
    await consumer.stop();
    const admin = await TestBroker.open(servers.rabbitmqUrl);
    expect(await admin.ready(queues.dispatch)).toBe(0);
    await admin.close();
    await broker.close();
    expect(confirmed.size).toBeGreaterThan(1_000);
    expect(news.filter(({ kind }) => kind === 'consumer_attached_again')).toHaveLength(2);
  });

  it('deletes no queue on the word of a broker whose leader is busy', async () => {
    const { rabbitmqUrl: url, control } = servers;
    const admin = await TestBroker.open(url);
    const queue = queues.dispatchBulk;
    /** The broker says 0 and 0 of a queue whose leader does not answer within 250 ms. */
    const busy = async (): Promise<void> => {
      const suspended = `P = whereis('%2F_${queue}'), sys:suspend(P), timer:apply_after(${busyMs}, sys, resume, [P]).`;
      await control?.rabbitmq.ctl('eval', suspended);
      expect(await admin.channel.checkQueue(queue)).toMatchObject({ messageCount: 0, consumerCount: 0 });
    };
    await admin.fill(queue, 5);
    await busy();
    await expect(rebuildQueue({ url }, topology, queue)).rejects.toThrow('cannot be emptied now; nothing was deleted');
    expect(await rebuildQueue({ url }, topology, queue)).toEqual({ kind: 'rebuilt', kept: 5 });

    await admin.channel.purgeQueue(queue);
    await admin.channel.consume(queue, () => undefined);
    await busy();
    await expect(rebuildQueue({ url }, topology, queue)).rejects.toThrow('is consumed; nothing was deleted');
    expect(await admin.consumers(queue)).toBe(1);
    await admin.close();
  });
});

guardLeaks();
