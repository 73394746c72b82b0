import { AppError, type DispatchEnvelope } from '@earlybird/core';
import { eventually, guardLeaks, makeVhost, type TestVhost } from '@earlybird/testing';
import { Controller, type INestApplication, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { type Observable, of } from 'rxjs';
import { TestBroker } from '../../test/test-broker.js';
import { Broker } from '../connection/broker.js';
import type { RabbitmqNews } from '../connection/rabbitmq-news.js';
import { decodeDispatchEnvelope } from '../envelope/decode-dispatch-envelope.js';
import { byQueueName } from '../publish/dispatch-route.js';
import { RabbitmqDispatchQueue } from '../publish/rabbitmq-dispatch-queue.js';
import { declareTopology } from '../topology/declare-topology.js';
import { queues } from '../topology/names.js';
import { topologyOf } from '../topology/topology.js';
import { DeliveryContext } from './delivery-context.strategy.js';
import { FromQueue } from './from-queue.strategy.js';
import { RabbitmqServer } from './rabbitmq-server.strategy.js';

const normal = Symbol('normal');
const bulk = Symbol('bulk');
const full = topologyOf({ eventTypes: [], retryDelaysMs: [200], deferDelayMs: 200 });
/** Without what belongs to the platform: this test has no domain events. */
const topology = {
  ...full,
  exchanges: full.exchanges.filter(({ owner }) => owner === 'worker'),
  queues: full.queues.filter(({ owner }) => owner === 'worker'),
};

const seen: { lane: string; envelope: DispatchEnvelope; queue: string }[] = [];
let answer: (envelope: DispatchEnvelope) => Promise<void> | Observable<unknown> = () => Promise.resolve();

@Controller()
class Consumer {
  @FromQueue(queues.dispatch, normal)
  normal(@Payload() envelope: DispatchEnvelope, @Ctx() { delivery }: DeliveryContext) {
    seen.push({ lane: 'normal', envelope, queue: delivery.queue });
    return answer(envelope);
  }

  @FromQueue(queues.dispatchBulk, bulk)
  bulk(@Payload() envelope: DispatchEnvelope, @Ctx() { delivery }: DeliveryContext) {
    seen.push({ lane: 'bulk', envelope, queue: delivery.queue });
    return answer(envelope);
  }
}

@Module({ controllers: [Consumer] })
class Consumers {}

@Controller()
class Forgetful {
  @EventPattern<string>(queues.dispatch, normal)
  normal(): void {}
}

@Module({ controllers: [Forgetful] })
class Forgetfuls {}

describe("Nest's transport for a queue", () => {
  let vhost: TestVhost;
  let admin: TestBroker;
  let broker: Broker;
  let app: INestApplication;
  let news: RabbitmqNews[];
  let servers: readonly RabbitmqServer<DispatchEnvelope>[];
  let queue: RabbitmqDispatchQueue;

  const serverOf = (name: string, transportId: symbol) =>
    new RabbitmqServer({
      connection: broker.connection,
      publisher: broker.publisher,
      name: broker.consumerName,
      queue: name,
      transportId,
      decode: decodeDispatchEnvelope,
      deadLetterQueue: queues.dispatchDead,
      concurrency: { channels: 1, prefetch: 8 },
      observer: { report: (it) => news.push(it) },
      stopDeadlineMs: 1_000,
    });
  const envelopeNamed = (notificationId: string, lane: 'normal' | 'bulk' = 'normal'): DispatchEnvelope => ({
    notificationId,
    attempt: 1,
    lane,
    repeat: false,
    correlationId: `of ${notificationId}`,
  });
  const settled = (name: string) =>
    eventually(async () => (await admin.ready(name)) === 0 && servers.every((it) => it.verdict.ok), {
      message: `${name} is settled`,
    });

  beforeAll(async () => {
    vhost = await makeVhost();
    admin = await TestBroker.open(vhost.url);
  });
  afterAll(async () => {
    await admin.close();
    await vhost.remove();
  });
  beforeEach(async () => {
    seen.length = 0;
    news = [];
    answer = () => Promise.resolve();
    broker = new Broker({ url: vhost.url, service: 'test', prepare: (it) => declareTopology(it, topology) });
    await broker.whenReady();
    queue = new RabbitmqDispatchQueue({
      publisher: broker.publisher,
      connection: broker.connection,
      route: byQueueName,
      deferDelayMs: 200,
    });
    servers = [serverOf(queues.dispatch, normal), serverOf(queues.dispatchBulk, bulk)];
    app = await NestFactory.create(Consumers, { logger: false });
    for (const strategy of servers) app.connectMicroservice({ strategy });
    await app.startAllMicroservices();
    await app.init();
  });
  afterEach(async () => {
    await app.close();
    await broker.close();
  });

  it('brings each queue to its own handler, decoded, and acks', async () => {
    await queue.enqueue(envelopeNamed('a'));
    await queue.enqueue(envelopeNamed('b', 'bulk'));
    await eventually(() => seen.length === 2, { message: 'both are handled' });
    expect(seen).toEqual(
      expect.arrayContaining([
        { lane: 'normal', envelope: envelopeNamed('a'), queue: queues.dispatch },
        { lane: 'bulk', envelope: envelopeNamed('b', 'bulk'), queue: queues.dispatchBulk },
      ]),
    );
    await app.close();
    expect([await admin.ready(queues.dispatch), await admin.ready(queues.dispatchBulk)]).toEqual([0, 0]);
  });

  it('awaits an observable', async () => {
    answer = () => of(1, 2, 3);
    await queue.enqueue(envelopeNamed('a'));
    await eventually(() => seen.length === 1, { message: 'it is handled' });
    await app.close();
    expect(await admin.ready(queues.dispatch)).toBe(0);
  });

  it('tells a lost server from a bug, through the filters of Nest', async () => {
    let failures = 2;
    answer = async () => {
      failures -= 1;
      if (failures >= 0) throw new AppError('database_unavailable', 'away');
    };
    await queue.enqueue(envelopeNamed('a'));
    await eventually(() => seen.length === 3, { message: 'it is handled again' });
    expect(seen.map(({ envelope }) => envelope.repeat)).toEqual([false, true, true]);
    expect(news.some(({ kind }) => kind === 'envelope_failed')).toBe(false);
    answer = () => Promise.reject(new TypeError('a bug'));
    await queue.enqueue(envelopeNamed('b'));
    await eventually(() => news.some(({ kind }) => kind === 'envelope_failed'), { message: 'the bug is told' });
    expect(news.find(({ kind }) => kind === 'envelope_failed')).toMatchObject({
      error: new TypeError('a bug'),
      notificationId: 'b',
      correlationId: 'of b',
    });
    answer = () => Promise.resolve();
    await eventually(() => seen.filter(({ envelope }) => envelope.notificationId === 'b').length === 2, {
      message: 'it comes again',
    });
  });

  it.each([
    ['no JSON', Buffer.from('{')],
    ['no envelope', Buffer.from('{"notificationId":"","attempt":0}')],
    ['another type', Buffer.from('[1]')],
    ['nothing', Buffer.alloc(0)],
    ['a body beyond all bounds', Buffer.alloc(100_000, 'x')],
  ])('parks %s with its reason, and goes on', async (_, body) => {
    admin.channel.sendToQueue(queues.dispatch, body, { headers: { 'x-death': [{ count: 1 }], CC: ['elsewhere'] } });
    await queue.enqueue(envelopeNamed('after'));
    await eventually(() => seen.length === 1, { message: 'the next one is handled' });
    const parked = await eventually(() => admin.take(queues.dispatchDead), { message: 'it is parked' });
    expect(parked.content).toEqual(body);
    expect(parked.properties.headers).toMatchObject({
      'x-reason': 'unreadable',
      'x-original-routing-key': queues.dispatch,
    });
    expect(parked.properties.headers).not.toHaveProperty('CC');
    expect(parked.properties.headers).not.toHaveProperty('x-death');
    await settled(queues.dispatch);
  });

  it('pauses one queue and leaves the other alone', async () => {
    await servers[0]?.pause('provider_halted');
    await queue.enqueue(envelopeNamed('a'));
    await queue.enqueue(envelopeNamed('b', 'bulk'));
    await eventually(() => seen.length === 1, { message: 'the other lane goes on' });
    expect(seen[0]?.lane).toBe('bulk');
    servers[0]?.resume('provider_halted');
    await eventually(() => seen.length === 2, { message: 'it goes on' });
  });

  it.each([
    [queues.dispatch, normal, '@FromQueue'],
    [queues.receipts, Symbol('receipts'), 'Nobody handles'],
  ])('refuses to consume %s when its handler would not do', async (name, transportId, said) => {
    const other = await NestFactory.create(Forgetfuls, { logger: false, abortOnError: false });
    other.connectMicroservice({ strategy: serverOf(name, transportId) });
    await expect(other.startAllMicroservices()).rejects.toThrow(said);
    await other.close();
  });
});

guardLeaks();
