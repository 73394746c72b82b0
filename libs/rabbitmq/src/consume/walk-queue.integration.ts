import { eventually, guardLeaks, makeVhost, type TestVhost } from '@earlybird/testing';
import { numberIn, TestBroker } from '../../test/test-broker.js';
import { Broker } from '../connection/broker.js';
import type { Delivery } from '../envelope/delivery.js';
import { declareTopology } from '../topology/declare-topology.js';
import { deadLetterQueue } from '../topology/queue-entries.js';
import { type QueueWalk, walkQueue } from './walk-queue.js';

const dead = 'notifications.work.dlq';
const topology = {
  exchanges: [],
  queues: [deadLetterQueue({ name: dead, sentence: '' })],
  bindings: [],
  policies: [],
};

describe('a walk through a queue', () => {
  let vhost: TestVhost;
  let admin: TestBroker;
  let broker: Broker;
  let seen: number[];

  const numbersIn = (batch: readonly Delivery[]) => batch.map(({ body }) => numberIn({ content: body }));
  const walk = (options: Partial<QueueWalk> = {}): Promise<number> =>
    walkQueue({
      connection: broker.connection,
      queue: dead,
      name: 'test',
      work: async (batch) => void seen.push(...numbersIn(batch)),
      ...options,
    });
  const isEmpty = () => eventually(async () => (await admin.ready(dead)) === 0, { message: 'the queue is empty' });

  beforeAll(async () => {
    vhost = await makeVhost();
  });
  afterAll(() => vhost.remove());
  beforeEach(async () => {
    seen = [];
    admin = await TestBroker.open(vhost.url);
    broker = new Broker({
      url: vhost.url,
      service: 'test',
      prepare: (connection) => declareTopology(connection, topology),
    });
    await broker.whenReady();
  });
  afterEach(async () => {
    await broker.close();
    await admin.channel.deleteQueue(dead);
    await admin.close();
  });

  it('of an empty queue ends at once', async () => {
    expect(await walk()).toBe(0);
  });

  it.each([1, 31, 32, 33, 100])('takes each of %d envelopes once, no more than 32 at a time', async (count) => {
    await admin.fill(dead, count);
    const sizes: number[] = [];
    const work = async (batch: readonly Delivery[]) => {
      sizes.push(batch.length);
      seen.push(...numbersIn(batch));
    };
    expect(await walk({ work })).toBe(count);
    expect(seen.sort((left, right) => left - right)).toEqual(Array.from({ length: count }, (_, n) => n));
    expect(Math.max(...sizes)).toBeLessThanOrEqual(32);
    await isEmpty();
  });

  it('does not meet again what it puts back behind, nor what comes while it works', async () => {
    await admin.fill(dead, 50);
    let late = 1_000;
    const work = async (batch: readonly Delivery[]) => {
      seen.push(...numbersIn(batch));
      for (const { body } of batch) {
        late += 1;
        const copies = [body, Buffer.from(JSON.stringify({ n: late }))];
        const publish = (copy: Buffer) =>
          broker.publisher.publish({
            exchange: '',
            routingKey: dead,
            body: copy,
            messageId: String(late),
            contentType: 'application/json',
            headers: {},
            at: new Date(),
          });
        await Promise.all(copies.map(publish));
      }
    };
    expect(await walk({ work })).toBe(50);
    expect(new Set(seen).size).toBe(50);
    expect(Math.max(...seen)).toBeLessThan(1_000);
    await eventually(async () => (await admin.ready(dead)) === 100, { message: 'all that was put back is there' });
    // Nothing was handed out in vain: a delivery that goes back counts towards a limit on some brokers.
    const first = await admin.take(dead);
    expect([first?.fields.redelivered, first?.properties.headers?.['x-delivery-count'] ?? 0]).toEqual([false, 0]);
  });

  it('takes no more than it may', async () => {
    await admin.fill(dead, 80);
    expect(await walk({ most: 40 })).toBe(40);
    expect(await admin.ready(dead)).toBe(40);
  });

  it('shares the envelopes with another walk at the same time', async () => {
    await admin.fill(dead, 200);
    const counts = await Promise.all([walk(), walk()]);
    expect(counts.reduce((sum, count) => sum + count)).toBe(200);
    expect(new Set(seen).size).toBe(200);
    expect(seen).toHaveLength(200);
  });

  it('leaves everything that was not worked off in the queue when the work fails', async () => {
    await admin.fill(dead, 100);
    const work = async (batch: readonly Delivery[]) => {
      if (seen.length >= 32) throw new Error('enough');
      seen.push(...numbersIn(batch));
    };
    await expect(walk({ work })).rejects.toThrow(new Error('enough'));
    await eventually(async () => (await admin.ready(dead)) === 100 - seen.length, { message: 'the rest is back' });
  });

  it('ends in the middle when the process stops', async () => {
    await admin.fill(dead, 100);
    await expect(walk({ isStopping: () => seen.length > 0 })).rejects.toMatchObject({ code: 'broker_unavailable' });
    await eventually(async () => (await admin.ready(dead)) === 100 - seen.length, { message: 'the rest is back' });
    expect(seen.length).toBeLessThanOrEqual(32);
  });

  it('fails, and loses nothing, when the connection breaks', async () => {
    await admin.fill(dead, 100);
    const work = async (batch: readonly Delivery[]) => {
      seen.push(...numbersIn(batch));
      broker.connection.restart(new Error('given up'));
      await eventually(() => broker.connection.current === undefined, { message: 'the connection is gone' });
    };
    await expect(walk({ work })).rejects.toMatchObject({ code: 'broker_unavailable' });
    await eventually(async () => (await admin.ready(dead)) === 100, { message: 'everything is back' });
  });
});

guardLeaks();
