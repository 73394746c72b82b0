import { jest } from '@jest/globals';
import { AppError } from '@earlybird/core';
import { eventually, guardLeaks, makeVhost, Road, type TestVhost } from '@earlybird/testing';
import { TestBroker } from '../../test/test-broker.js';
import { Broker } from '../connection/broker.js';
import type { RabbitmqNews } from '../connection/rabbitmq-news.js';
import type { Delivery } from '../envelope/delivery.js';
import { declareTopology } from '../topology/declare-topology.js';
import { deadLetterQueue, workQueue } from '../topology/queue-entries.js';
import { QueueConsumer, type QueueConsumerOptions } from './queue-consumer.js';

const work = 'notifications.work';
const dead = 'notifications.work.dlq';
const topology = {
  exchanges: [],
  queues: [workQueue({ name: work, sentence: '' }, dead), deadLetterQueue({ name: dead, sentence: '' })],
  bindings: [],
  policies: [],
};

describe('a consumer of a queue', () => {
  let vhost: TestVhost;
  let admin: TestBroker;
  let road: Road;
  let broker: Broker;
  let news: RabbitmqNews[];
  let consumer: QueueConsumer;

  const kinds = (): string[] => news.map(({ kind }) => kind);
  const consume = async (
    handle: QueueConsumerOptions['handle'],
    options: Partial<QueueConsumerOptions> = {},
  ): Promise<QueueConsumer> => {
    consumer = new QueueConsumer({
      connection: broker.connection,
      publisher: broker.publisher,
      queue: work,
      name: broker.consumerName,
      concurrency: { channels: 2, prefetch: 4 },
      handle,
      observer: { report: (it) => news.push(it) },
      heartbeatMs: 200,
      stopDeadlineMs: 2_000,
      ...options,
    });
    consumer.start();
    await eventually(() => consumer.verdict.ok, { message: 'the consumer is attached' });
    return consumer;
  };
  const empty = () =>
    eventually(async () => (await admin.ready(work)) === 0 && consumer.inHand === 0, { message: 'the queue is empty' });

  beforeAll(async () => {
    vhost = await makeVhost();
  });
  afterAll(async () => {
    await vhost.remove();
  });
  beforeEach(async () => {
    news = [];
    admin = await TestBroker.open(vhost.url);
    road = await Road.to(vhost.url);
    broker = new Broker({
      url: road.url,
      service: 'test',
      prepare: (connection) => declareTopology(connection, topology),
      observer: { report: (it) => news.push(it) },
    });
    await broker.whenReady();
  });
  afterEach(async () => {
    await consumer.stop();
    await broker.close();
    await road.close();
    await admin.channel.deleteQueue(work);
    await admin.channel.deleteQueue(dead);
    await admin.close();
  });

  it('acks what was handled, and handles no more at a time than it may', async () => {
    const seen: string[] = [];
    let atATime = 0;
    let most = 0;
    await admin.fill(work, 200);
    await consume(async ({ body }) => {
      atATime += 1;
      most = Math.max(most, atATime);
      await new Promise((resolve) => setTimeout(resolve, 5));
      seen.push(body.toString());
      atATime -= 1;
    });
    await eventually(() => new Set(seen).size === 200, { message: 'all are handled' });
    expect(seen).toHaveLength(200);
    expect(most).toBe(8);
    await consumer.stop();
    expect(await admin.ready(work)).toBe(0);
  });

  it('holds an envelope while a server is away, repeats it with its duty, and consumes nothing meanwhile', async () => {
    const seen: Pick<Delivery, 'redelivered'>[] = [];
    let isAway = true;
    await consume(async ({ redelivered }) => {
      seen.push({ redelivered });
      if (isAway) throw new AppError('database_unavailable', 'away');
    });
    await admin.fill(work, 1);
    await eventually(() => seen.length >= 3, { message: 'the envelope is tried again' });
    expect(consumer.verdict).toEqual({ ok: false, reason: 'server_away: away' });
    await admin.fill(work, 20);
    await eventually(async () => (await admin.ready(work)) === 20, { message: 'nothing is taken' });
    isAway = false;
    await empty();
    expect(seen[0]).toEqual({ redelivered: false });
    expect(seen[1]).toEqual({ redelivered: true });
    expect(kinds()).toEqual(expect.arrayContaining(['consuming_paused', 'consuming_resumed']));
    expect(consumer.verdict).toEqual({ ok: true });
  });

  it('gives an envelope back that it has held too long, and takes it again', async () => {
    const deliveries = new Set<Buffer>();
    await consume(
      async ({ body }) => {
        deliveries.add(body);
        throw new AppError('publish_unconfirmed', 'away');
      },
      { holdLimitMs: 100 },
    );
    await admin.fill(work, 1);
    await eventually(() => deliveries.size >= 3, { message: 'it was handed over three times' });
    expect(await admin.ready(dead)).toBe(0);
  });

  it('waits with the next try until the lost server is back', async () => {
    let tries = 0;
    let answer: () => void = () => undefined;
    const back = new Promise<void>((resolve) => (answer = resolve));
    await consume(
      async () => {
        tries += 1;
        if (tries === 1) throw new AppError('database_unavailable', 'away');
      },
      { untilBack: () => back },
    );
    await admin.fill(work, 1);
    await eventually(() => !consumer.verdict.ok, { message: 'it is held' });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(tries).toBe(1);
    answer();
    await empty();
    expect(tries).toBe(2);
  });

  it('gives back what fails by a bug, after a pause, and goes on with the others', async () => {
    const seen: { n: string; at: number; count: number }[] = [];
    await consume(async ({ body, deliveryCount }) => {
      seen.push({ n: body.toString(), at: Date.now(), count: deliveryCount });
      if (body.toString() === '{"n":0}') throw new TypeError('a bug');
    });
    await admin.fill(work, 50);
    await eventually(() => seen.filter(({ n }) => n === '{"n":0}').length === 3, { message: 'it came three times' });
    const [first, second] = seen.filter(({ n }) => n === '{"n":0}');
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(450);
    expect(second?.count).toBe(1);
    expect(new Set(seen.map(({ n }) => n)).size).toBe(50);
    expect(news).toContainEqual(expect.objectContaining({ kind: 'envelope_failed', queue: work }));
  });

  it('consumes again after the broker cancelled it, on a new channel', async () => {
    let handled = 0;
    await consume(async () => void (handled += 1));
    await admin.fill(work, 1);
    await eventually(() => handled === 1, { message: 'it consumes' });
    await admin.channel.deleteQueue(work);
    await eventually(() => kinds().includes('consumer_attached_again'), { message: 'it is attached again' });
    await admin.fill(work, 100);
    await eventually(() => handled === 101, { message: 'it consumes again' });
  });

  it('goes on after the broker has lost its patience with it, and handles once more what took too long', async () => {
    const [major = 0, minor = 0] = admin.connection.connection.serverProperties.version.split('.').map(Number);
    // Older ones close the channel instead, look for whoever is late once a minute only, and know no such policy before 4.
    const isCancelled = major > 4 || (major === 4 && minor >= 3);
    if (isCancelled) await makeImpatient();
    const handled: Pick<Delivery, 'redelivered'>[] = [];
    let slow = true;
    await consume(async ({ redelivered }) => {
      if (slow) {
        slow = false;
        await new Promise((resolve) => setTimeout(resolve, 3_000));
      }
      handled.push({ redelivered });
    });
    await admin.fill(work, 20);
    await eventually(() => handled.length === (isCancelled ? 21 : 20), {
      message: 'all are handled, the slow one twice',
    });
    await empty();
    expect(handled.filter(({ redelivered }) => redelivered)).toHaveLength(isCancelled ? 1 : 0);
    expect(kinds().includes('consumer_attached_again')).toBe(isCancelled);
    await admin.fill(work, 50);
    await eventually(() => handled.length === (isCancelled ? 71 : 70), { message: 'it consumes as before' });
    if (isCancelled) await vhost.manage('DELETE', 'policies/{vhost}/impatient');
  });

  async function makeImpatient(): Promise<void> {
    const definition = { 'consumer-timeout': 1_000 };
    await vhost.manage('PUT', 'policies/{vhost}/impatient', { pattern: `^${work}$`, definition, 'apply-to': 'queues' });
    await eventually(
      async () => {
        const queue = (await vhost.manage('GET', `queues/{vhost}/${work}`)) as { readonly policy?: string };
        return queue.policy === 'impatient';
      },
      { message: 'the policy is in force' },
    );
  }

  it('says that its queue is gone, and goes on when somebody makes it again', async () => {
    await broker.close();
    broker = new Broker({ url: road.url, service: 'test' });
    await broker.whenReady();
    let handled = 0;
    await consume(async () => void (handled += 1));
    await admin.channel.deleteQueue(work);
    await eventually(() => kinds().includes('consuming_paused'), { message: 'it is told' });
    expect(news.find(({ kind }) => kind === 'consuming_paused')).toMatchObject({
      reason: 'no_consumer',
      detail: expect.stringContaining('404') as string,
    });
    expect(consumer.verdict).toMatchObject({ ok: false, reason: expect.stringContaining('NOT_FOUND') as string });
    await declareTopology(admin.connection, topology);
    await eventually(() => consumer.verdict.ok, { message: 'it is attached again' });
    await admin.fill(work, 10);
    await eventually(() => handled === 10, { message: 'it consumes again' });
  });

  it('consumes again each time its connection was cut, until all is handled', async () => {
    const handled = new Map<string, number>();
    await consume(async ({ body }) => {
      const n = body.toString();
      await new Promise((resolve) => setTimeout(resolve, 20));
      handled.set(n, (handled.get(n) ?? 0) + 1);
    });
    const filling = admin.fill(work, 500);
    for (let cuts = 0; cuts < 3; cuts += 1) {
      const before = handled.size;
      await eventually(() => handled.size > before + 20, { message: 'it consumes between cuts' });
      road.cut();
    }
    await filling;
    await eventually(() => handled.size === 500, { message: 'all are handled' });
    await empty();
    expect(kinds().filter((kind) => kind === 'connection_restored').length).toBeGreaterThanOrEqual(3);
  });

  it('consumes again after the broker closed the connection', async () => {
    let handled = 0;
    await consume(async () => void (handled += 1));
    await eventually(async () => (await vhost.closeConnections()) >= 2, {
      message: 'the management API knows the connections',
    });
    await eventually(() => kinds().includes('connection_lost'), { message: 'it is noticed' });
    await eventually(() => consumer.verdict.ok, { message: 'the consumer is attached again' });
    await admin.close();
    admin = await TestBroker.open(vhost.url);
    await admin.fill(work, 10);
    await eventually(() => handled === 10, { message: 'it consumes again' });
  });

  it('takes a broker that does not answer for lost, long before the heartbeat does', async () => {
    await broker.close();
    broker = new Broker({ url: road.url, service: 'test', answerWithinMs: 500 });
    await broker.whenReady();
    let handled = 0;
    await consume(async () => void (handled += 1));
    road.stall();
    await eventually(() => !consumer.verdict.ok, { message: 'it is noticed' });
    await road.open();
    await eventually(() => consumer.verdict.ok, { message: 'it is attached again' });
    await admin.fill(work, 10);
    await eventually(() => handled === 10, { message: 'it consumes again' });
  });

  it('pauses and resumes for a reason of the caller', async () => {
    let handled = 0;
    await consume(async () => void (handled += 1));
    await consumer.pause('provider_halted', 'balance');
    expect(consumer.verdict).toEqual({ ok: false, reason: 'provider_halted: balance' });
    await admin.fill(work, 10);
    expect(await admin.ready(work)).toBe(10);
    consumer.resume('provider_halted');
    await eventually(() => handled === 10, { message: 'it goes on' });
    expect(news).toContainEqual({
      kind: 'consuming_paused',
      queue: work,
      reason: 'provider_halted',
      detail: 'balance',
    });
  });

  it('consumes nothing while the broker takes no publications', async () => {
    let state: Broker['publisher']['state'] = 'connected';
    const listeners: ((now: typeof state) => void)[] = [];
    const publisher = {
      get state() {
        return state;
      },
      onState: (listener: (now: typeof state) => void) => {
        listeners.push(listener);
        return () => undefined;
      },
    };
    const enter = (now: typeof state): void => {
      state = now;
      for (const listener of listeners) listener(now);
    };
    let handled = 0;
    await consume(async () => void (handled += 1), { publisher });
    enter('blocked');
    expect(consumer.verdict).toEqual({ ok: false, reason: 'publishing is blocked' });
    await eventually(async () => (await admin.consumers(work)) === 0, { message: 'nobody consumes' });
    await admin.fill(work, 10);
    expect(await admin.ready(work)).toBe(10);
    enter('connected');
    await eventually(() => handled === 10, { message: 'it goes on' });
  });

  it('handles a suspect alone, and then goes on with all', async () => {
    await admin.fill(work, 40);
    // Three processes that ended with everything in hand.
    for (let ends = 0; ends < 3; ends += 1) {
      const victim = await TestBroker.open(vhost.url);
      let got = 0;
      await victim.channel.prefetch(10);
      await victim.channel.consume(work, () => (got += 1));
      await eventually(() => got === 10, { message: 'ten are in hand' });
      await victim.close();
      // Given back, before the next one takes: else it takes others, and none comes three times.
      await eventually(async () => (await admin.ready(work)) === 40, { message: 'all are back' });
    }
    let atATime = 0;
    const beside: { count: number; atATime: number }[] = [];
    await consume(async ({ deliveryCount }) => {
      atATime += 1;
      await new Promise((resolve) => setTimeout(resolve, 5));
      beside.push({ count: deliveryCount, atATime });
      atATime -= 1;
    });
    await eventually(() => beside.length === 40, { message: 'all are handled' });
    const suspects = beside.filter(({ count }) => count >= 3);
    expect(suspects.length).toBeGreaterThanOrEqual(10);
    expect(suspects.map((it) => it.atATime)).toEqual(suspects.map(() => 1));
    expect(Math.max(...beside.map((it) => it.atATime))).toBeGreaterThan(1);
  });

  it('stops in order: finishes what is in flight, gives back the rest', async () => {
    const finished: string[] = [];
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    await consume(
      async ({ body }) => {
        await gate;
        finished.push(body.toString());
      },
      { concurrency: { channels: 1, prefetch: 4 } },
    );
    await admin.fill(work, 10);
    await eventually(() => consumer.inHand === 4, { message: 'four are in flight' });
    const stopped = consumer.stop();
    release();
    await stopped;
    expect(finished).toHaveLength(4);
    await eventually(async () => (await admin.ready(work)) === 6, { message: 'six are left' });
    expect(await admin.consumers(work)).toBe(0);
  });

  it('stops at its deadline and gives back what is still in flight', async () => {
    await consume(() => new Promise(() => undefined), { stopDeadlineMs: 200 });
    await admin.fill(work, 3);
    await eventually(() => consumer.inHand === 3, { message: 'three are in flight' });
    await consumer.stop();
    await eventually(async () => (await admin.ready(work)) === 3, { message: 'all are back' });
  });

  it('stops as quickly when somebody sets the clock back by an hour', async () => {
    await consume(() => Promise.resolve());
    await admin.fill(work, 1);
    await empty();
    const earlier = Date.now() - 3_600_000;
    const clock = jest.spyOn(Date, 'now').mockReturnValue(earlier);
    const began = performance.now();
    await consumer.stop();
    clock.mockRestore();
    expect(performance.now() - began).toBeLessThan(10_000);
  });

  it('loses no ack at a stop under load', async () => {
    const handled = new Set<string>();
    await consume(async ({ body }) => void handled.add(body.toString()), {
      concurrency: { channels: 2, prefetch: 32 },
    });
    await admin.fill(work, 3_000);
    await eventually(() => handled.size > 500, { message: 'it is at work' });
    await consumer.stop();
    // What was given back is there a moment after the channels are closed; an ack that was lost would make it more.
    await eventually(async () => handled.size + (await admin.ready(work)) >= 3_000, { message: 'the rest is back' });
    expect(handled.size + (await admin.ready(work))).toBe(3_000);
  });
});

guardLeaks();
