import { eventually, givenServer, guardLeaks, makeVhost, type TestVhost } from '@earlybird/testing';
import {
  type Channel,
  type ChannelModel,
  type ConfirmChannel,
  connect,
  type ConsumeMessage,
  type GetMessage,
} from 'amqplib';
import { numberIn, TestBroker } from '../test/test-broker.js';
import { accountsOf } from './topology/accounts.js';
import { applyTopology } from './topology/apply-topology.js';
import { exchanges, queues } from './topology/names.js';
import { deadLetterQueue, delayQueue, workQueue } from './topology/queue-entries.js';
import { topologyOf } from './topology/topology.js';
import type { QueueEntry } from './topology/topology-entry.js';

/**
 * What the design takes for granted of RabbitMQ (broker.md): when one of these fails, something above it is built on sand.
 * Where versions differ, the test says which does what.
 */
describe('RabbitMQ', () => {
  let vhost: TestVhost;
  let admin: TestBroker;
  let connection: ChannelModel;
  let version: number;
  let made = 0;

  beforeAll(async () => {
    vhost = await makeVhost();
    admin = await TestBroker.open(vhost.url);
    connection = await connect(vhost.url, { noDelay: true });
    version = Number.parseFloat(connection.connection.serverProperties.version);
  });
  afterAll(async () => {
    await connection.close();
    await admin.close();
    await vhost.remove();
  });

  const declare = async ({ name, arguments: queueArguments }: QueueEntry): Promise<string> => {
    await admin.channel.assertQueue(name, { durable: true, arguments: queueArguments });
    return name;
  };
  /** A work queue with its dead-letter queue, fresh for each test. */
  const makeWork = async (limit = 20): Promise<{ work: string; dead: string }> => {
    const name = `work.${(made += 1)}`;
    const dead = await declare(deadLetterQueue({ name: `${name}.dlq`, sentence: '' }));
    const entry = workQueue({ name, sentence: '' }, dead);
    await declare({ ...entry, arguments: { ...entry.arguments, 'x-delivery-limit': limit } });
    return { work: name, dead };
  };
  const openChannel = async (on = connection): Promise<Channel> => {
    const channel = await on.createChannel();
    channel.on('error', () => undefined);
    return channel;
  };
  const refusal = async (
    ask: (channel: ConfirmChannel) => Promise<unknown> | void,
    on = connection,
  ): Promise<string> => {
    const channel = await on.createConfirmChannel();
    const refused = new Promise<string>((resolve) => channel.on('error', (error: Error) => resolve(error.message)));
    const asked = Promise.resolve(ask(channel)).then(
      () => channel.waitForConfirms(),
      () => undefined,
    );
    asked.catch(() => undefined);
    return Promise.race([
      refused,
      asked.then(
        () => refused,
        () => refused,
      ),
    ]);
  };
  const arrival = (queue: string): Promise<GetMessage> =>
    eventually(() => admin.take(queue), { message: `an arrival in ${queue}` });
  const ready = (queue: string, count: number) =>
    eventually(async () => (await admin.ready(queue)) === count, { message: `${count} ready in ${queue}` });

  describe('publishing', () => {
    it('returns what no queue takes before it confirms it', async () => {
      const order: string[] = [];
      const channel = await connection.createConfirmChannel();
      channel.on('return', () => order.push('return'));
      for (let n = 0; n < 100; n += 1)
        await new Promise<void>((resolve) => {
          channel.publish('', 'nobody.knows', Buffer.from('x'), { mandatory: true }, () => {
            order.push('confirm');
            resolve();
          });
        });
      expect(order).toEqual(Array.from({ length: 100 }, () => ['return', 'confirm']).flat());
      await channel.close();
    });

    it('counts what is ready exactly and at once in the answer to a passive declare', async () => {
      const { work } = await makeWork();
      await admin.fill(work, 50);
      expect(await admin.ready(work)).toBe(50);
    });

    it('refuses a user id that is not the connection’s own', async () => {
      const { work } = await makeWork();
      const words = await refusal(
        (channel) => void channel.publish('', work, Buffer.from('x'), { userId: 'svc-order' }),
      );
      expect(words).toContain('406');
    });

    it('refuses a queue that exists with other arguments', async () => {
      const { work } = await makeWork();
      const words = await refusal((channel) => channel.assertQueue(work, { arguments: { 'x-queue-type': 'quorum' } }));
      expect(words).toMatch(/406.*inequivalent arg/);
    });
  });

  describe('delay queues', () => {
    it('bring an envelope back by its queue name, with our headers, our user and the exchange empty', async () => {
      const { work } = await makeWork();
      const delay = await declare(delayQueue({ name: `${work}.retry.200ms`, sentence: '' }, 200, work));
      const begin = Date.now();
      const options = { persistent: true, headers: { 'x-attempt': 2 }, userId: new URL(vhost.url).username };
      admin.channel.sendToQueue(delay, Buffer.from('a'), options);
      const { fields, properties } = await arrival(work);
      expect(Date.now() - begin).toBeGreaterThanOrEqual(195);
      expect(fields).toMatchObject({ exchange: '', routingKey: work, redelivered: false });
      expect(properties).toMatchObject({ deliveryMode: 2, userId: options.userId });
      expect(properties.headers).toMatchObject({ 'x-attempt': 2, 'x-death': expect.anything() as unknown });
    });

    it('bring a copy back again and again, as long as it does not carry its old x-death', async () => {
      const { work } = await makeWork();
      const delay = await declare(delayQueue({ name: `${work}.retry.50ms`, sentence: '' }, 50, work));
      for (let round = 0; round < 5; round += 1) {
        admin.channel.sendToQueue(delay, Buffer.from('a'), { persistent: true, headers: { 'x-attempt': round } });
        expect((await arrival(work)).properties.headers).toMatchObject({ 'x-attempt': round });
      }
    });

    it('lose nothing of a thousand that fall due together', async () => {
      const { work } = await makeWork();
      const delay = await declare(delayQueue({ name: `${work}.retry.300ms`, sentence: '' }, 300, work));
      await admin.fill(delay, 1_000);
      await ready(work, 1_000);
      expect(await admin.ready(delay)).toBe(0);
    });
  });

  describe('settling', () => {
    it('counts a reject with requeue towards the delivery limit, and dead-letters beyond it', async () => {
      const { work, dead } = await makeWork(3);
      const channel = await openChannel();
      const counts: unknown[] = [];
      await channel.consume(work, (message) => {
        if (message === null) return;
        counts.push(message.properties.headers?.['x-delivery-count'] ?? 0);
        channel.reject(message, true);
      });
      await admin.fill(work, 1);
      const { properties } = await arrival(dead);
      expect(counts).toEqual([0, 1, 2, 3]);
      expect(properties.headers?.['x-death']).toEqual([
        expect.objectContaining({ queue: work, reason: 'delivery_limit', 'routing-keys': [work] }),
      ]);
      await channel.close();
    });

    it('counts a nack with requeue before 4.3 only', async () => {
      const { work, dead } = await makeWork(3);
      const channel = await openChannel();
      let deliveries = 0;
      await channel.prefetch(1);
      await channel.consume(work, (message) => {
        if (message === null) return;
        deliveries += 1;
        if (deliveries <= 10) channel.nack(message, false, true);
      });
      await admin.fill(work, 1);
      if (version >= 4.3) await eventually(() => deliveries === 11, { message: 'it comes ten times again' });
      else await arrival(dead);
      await channel.close();
    });

    it('counts the end of a process for everything that it had prefetched', async () => {
      const { work } = await makeWork();
      await admin.fill(work, 5);
      const victim = await TestBroker.open(vhost.url);
      let got = 0;
      await victim.channel.prefetch(5);
      await victim.channel.consume(work, () => (got += 1));
      await eventually(() => got === 5, { message: 'all are prefetched' });
      await victim.close();
      await ready(work, 5);
      for (let n = 0; n < 5; n += 1) {
        const { fields, properties } = await arrival(work);
        expect(fields.redelivered).toBe(true);
        expect(properties.headers).toMatchObject({ 'x-delivery-count': 1 });
      }
    });

    it('loses no ack with a prefetch of 32 and a second before the close', async () => {
      const { work } = await makeWork();
      await admin.fill(work, 2_000);
      const channel = await openChannel();
      let acked = 0;
      await channel.prefetch(32);
      const { consumerTag } = await channel.consume(work, (message) => {
        if (message === null) return;
        acked += 1;
        channel.ack(message);
      });
      await eventually(() => acked > 1_000, { message: 'half of it is acked' });
      await channel.cancel(consumerTag);
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      await channel.close();
      await ready(work, 2_000 - acked);
    });

    it('keeps what is in hand settleable after the consumer was cancelled by us', async () => {
      const { work } = await makeWork();
      await admin.fill(work, 4);
      const channel = await openChannel();
      const inHand: ConsumeMessage[] = [];
      await channel.prefetch(4);
      const { consumerTag } = await channel.consume(work, (message) => void (message && inHand.push(message)));
      await eventually(() => inHand.length === 4, { message: 'four are in hand' });
      await channel.cancel(consumerTag);
      const [first, second] = inHand;
      if (first === undefined || second === undefined) throw new Error('nothing is in hand');
      channel.ack(first);
      channel.ack(second);
      channel.nackAll(true);
      await ready(work, 2);
      await channel.close();
    });

    it('hands over again what was given back, before what came later', async () => {
      const { work } = await makeWork();
      await admin.fill(work, 3);
      const channel = await openChannel();
      const first = await channel.get(work);
      if (first === false) throw new Error('nothing is there');
      channel.reject(first, true);
      await ready(work, 3);
      expect(numberIn(await arrival(work))).toBe(0);
      await channel.close();
    });
  });

  describe('consuming', () => {
    it('calls back with null when the queue is deleted', async () => {
      const { work } = await makeWork();
      const channel = await openChannel();
      let last: ConsumeMessage | null | undefined;
      await channel.consume(work, (message) => (last = message));
      await admin.channel.deleteQueue(work);
      await eventually(() => last === null, { message: 'the consumer is cancelled' });
      await channel.close();
    });

    it('still counts a cancelled consumer that has something in hand: its count is no health check', async () => {
      const { work } = await makeWork();
      await admin.fill(work, 1);
      const channel = await openChannel();
      let got = 0;
      const { consumerTag } = await channel.consume(work, () => (got += 1));
      await eventually(() => got === 1, { message: 'it is in hand' });
      await channel.cancel(consumerTag);
      expect(await admin.consumers(work)).toBe(1);
      await channel.close();
    });
  });

  describe('dead-letter queues', () => {
    it('keep what is looked at and put back, as often as that happens', async () => {
      const topology = topologyOf({ eventTypes: [], retryDelaysMs: [], deferDelayMs: 1_000 });
      const managementUrl = givenServer('RABBITMQ_MANAGEMENT_URL').href;
      await applyTopology({ managementUrl, vhost: vhost.name, passwords: {}, topology });
      await admin.fill(queues.dispatchDead, 1);
      const channel = await openChannel();
      for (let looks = 0; looks < 30; looks += 1) {
        const message = await eventually(() => channel.get(queues.dispatchDead), { message: 'it is there' });
        channel.reject(message, true);
      }
      await ready(queues.dispatchDead, 1);
      await channel.close();
    });
  });

  describe('accounts', () => {
    const topology = topologyOf({ eventTypes: ['order.created'], retryDelaysMs: [], deferDelayMs: 1_000 });
    let publisher: ChannelModel;
    let user: string;

    beforeAll(async () => {
      const managementUrl = givenServer('RABBITMQ_MANAGEMENT_URL').href;
      await applyTopology({ managementUrl, vhost: vhost.name, passwords: {}, topology });
      // A user of the test's own with the rights of the order service: accounts belong to the whole broker.
      user = `order-${vhost.name}`;
      const { configure, write, read, topics } = accountsOf(topology).find(({ name }) => name === 'svc-order') ?? {};
      await vhost.manage('PUT', `users/${user}`, { password: 'of-the-test', tags: '' });
      await vhost.manage('PUT', `permissions/{vhost}/${user}`, { configure, write, read });
      await vhost.manage('PUT', `topic-permissions/{vhost}/${user}`, { exchange: exchanges.events, ...topics });
      const url = new URL(vhost.url);
      [url.username, url.password] = [user, 'of-the-test'];
      publisher = await connect(url.href);
    });
    afterAll(async () => {
      await publisher.close();
      await vhost.manage('DELETE', `users/${user}`);
    });

    it('may publish their own keys, vouched for by their user id', async () => {
      const channel = await publisher.createConfirmChannel();
      channel.publish(exchanges.events, 'order.created', Buffer.from('a'), { userId: user });
      await channel.waitForConfirms();
      expect((await arrival(queues.events)).properties.userId).toBe(user);
      await channel.close();
    });

    it.each<[string, (channel: ConfirmChannel) => Promise<unknown> | void]>([
      [
        'publish a foreign key',
        (channel) => void channel.publish(exchanges.events, 'billing.bill_issued', Buffer.from('x')),
      ],
      ['publish by queue name', (channel) => void channel.publish('', queues.dispatch, Buffer.from('x'))],
      ['publish internally', (channel) => void channel.publish(exchanges.internal, queues.dispatch, Buffer.from('x'))],
      ['declare', (channel) => channel.assertQueue('notifications.mine')],
      ['read', (channel) => channel.get(queues.events)],
    ])('may not %s', async (_, ask) => {
      expect(await refusal(ask, publisher)).toContain('403');
    });

    it('may not reach other keys by CC from 4 on', async () => {
      const publish = (channel: ConfirmChannel) =>
        void channel.publish(exchanges.events, 'order.created', Buffer.from('x'), { CC: ['billing.bill_issued'] });
      if (version >= 4) return expect(await refusal(publish, publisher)).toContain('403');
      const channel = await publisher.createConfirmChannel();
      publish(channel);
      await channel.waitForConfirms();
      await channel.close();
    });
  });
});

guardLeaks();
