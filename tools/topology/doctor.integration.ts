import { jest } from '@jest/globals';
import { ruledEventTypes } from '@earlybird/core';
import { eventually, givenServer, guardLeaks, makeDatabase, makeVhost, type TestVhost } from '@earlybird/testing';
import {
  applyTopology,
  exchanges,
  type Finding,
  lookAtQueue,
  queues,
  rebuildQueue,
  remedies,
  rerouteUnrouted,
  topologyOf,
} from '@earlybird/rabbitmq';
import { type ChannelModel, type ConfirmChannel, connect } from 'amqplib';
import { MongoClient } from 'mongodb';
import { examine } from './doctor.js';

// The figures of the management API are up to 12 s old.
const withinMs = 30_000;
const lookAgainMs = 500;
jest.setTimeout(60_000);

const retryQueue = 'notifications.dispatch.retry.5m';
const topology = topologyOf({ eventTypes: ruledEventTypes, retryDelaysMs: [300_000], deferDelayMs: 30_000 });
const workQueues = topology.queues.filter(({ kind }) => kind === 'work').map(({ name }) => name);

describe('the doctor', () => {
  const database = makeDatabase();
  let mongo: MongoClient;
  let vhost: TestVhost;
  let connection: ChannelModel;
  let channel: ConfirmChannel;
  const consumers = new Map<string, string>();

  beforeAll(async () => {
    mongo = await new MongoClient(database.url).connect();
    vhost = await makeVhost();
    await apply();
    connection = await connect(vhost.url);
    channel = await connection.createConfirmChannel();
    for (const queue of workQueues) await attach(queue);
    await nothingIsWrong();
  });
  afterAll(async () => {
    await mongo.close();
    await connection.close();
    await vhost.remove();
    await database.drop();
  });

  interface Seeded {
    readonly fault: string;
    readonly seed: () => Promise<unknown>;
    readonly subject: string;
    readonly says: string;
    readonly remedy: string;
    readonly mend: () => Promise<unknown>;
    /** Told by figures that the management API has late. */
    readonly slow?: true;
  }

  const seeded: readonly Seeded[] = [
    {
      fault: 'a missing binding',
      seed: () => channel.unbindQueue(queues.events, exchanges.events, 'order.created'),
      subject: queues.events,
      says: 'is not bound to domain.events by order.created',
      remedy: remedies.apply,
      mend: apply,
    },
    {
      fault: 'a binding without a rule',
      seed: () => channel.bindQueue(queues.events, exchanges.events, 'order.eaten'),
      subject: queues.events,
      says: 'is bound to domain.events by order.eaten, which nothing here has a rule for',
      remedy: remedies.apply,
      mend: apply,
    },
    {
      fault: 'a wrong TTL',
      seed: () => declareAnew(retryQueue, { ...argumentsOf(retryQueue), 'x-message-ttl': 5_000 }),
      subject: retryQueue,
      says: 'x-message-ttl is 5000 and should be 300000',
      remedy: remedies.rebuild(retryQueue),
      mend: rebuild,
    },
    {
      fault: 'a missing policy',
      seed: () => vhost.manage('DELETE', 'policies/{vhost}/unrouted-events'),
      subject: 'unrouted-events',
      says: 'Policy unrouted-events is missing',
      remedy: remedies.apply,
      mend: apply,
    },
    {
      fault: 'a policy of somebody else',
      seed: () =>
        vhost.manage('PUT', 'policies/{vhost}/foreign', {
          pattern: '^notifications\\.receipts$',
          definition: { 'max-length': 1 },
          'apply-to': 'queues',
          priority: 9,
        }),
      subject: queues.receipts,
      says: 'obeys the policy foreign, which is not of this service',
      remedy: 'Delete the policy foreign',
      mend: () => vhost.manage('DELETE', 'policies/{vhost}/foreign'),
      slow: true,
    },
    {
      fault: 'a dead-letter target that is gone',
      seed: () => channel.deleteQueue(queues.eventsDead),
      subject: queues.eventsDead,
      says: 'It is the dead-letter target of notifications.events',
      remedy: remedies.apply,
      mend: apply,
    },
    {
      fault: 'an exchange that is gone',
      seed: () => channel.deleteExchange(exchanges.outcomes),
      subject: exchanges.outcomes,
      says: 'Exchange notifications.outcomes is missing',
      remedy: remedies.apply,
      mend: apply,
    },
    {
      fault: 'a detached consumer',
      seed: () => channel.cancel(consumers.get(queues.receipts) ?? ''),
      subject: queues.receipts,
      says: 'Nobody consumes notifications.receipts',
      remedy: 'Start a worker',
      mend: () => attach(queues.receipts),
      slow: true,
    },
    {
      fault: 'an event that nobody was bound for',
      seed: () => publish(exchanges.events, 'order.eaten'),
      subject: queues.unrouted,
      says: '1 envelope lies in domain.events.unrouted',
      remedy: remedies.reroute,
      mend: () => channel.purgeQueue(queues.unrouted),
      slow: true,
    },
    {
      fault: 'a dead letter that no failure explains',
      seed: () => publish('', queues.dispatchDead),
      subject: queues.dispatchDead,
      says: 'only 0 unresolved failures explain them',
      remedy: 'A worker adopts and tidies within a minute',
      mend: () => channel.purgeQueue(queues.dispatchDead),
      slow: true,
    },
    {
      fault: 'a notification that is queued for an hour',
      seed: () => store({ _id: 'msg_old', status: 'queued', createdAt: new Date(Date.now() - 3_600_000) }),
      subject: 'queued',
      says: '1 notifications are queued, the oldest for 60 min',
      remedy: 'Start more workers',
      mend: forget,
    },
    {
      fault: 'a notification that lost its envelope, and no sweeper',
      seed: () => store({ _id: 'msg_lost', status: 'sending', wakeAt: new Date(Date.now() - 3_600_000) }),
      subject: 'sweeper',
      says: '1 notifications should have gone on, the first 60 min ago',
      remedy: 'A worker that is ready sweeps every minute',
      mend: forget,
    },
  ];

  it.each(seeded.filter(({ slow }) => slow !== true))(
    'names $fault with its remedy, and nothing any more when that was done',
    async (one) => {
      await one.seed();
      await isNamed(one);
      await one.mend();
      await nothingIsWrong();
    },
  );

  // Together, because each waits for the figures of the management API.
  it('names what the figures tell, each with its remedy, and nothing any more when that was done', async () => {
    const slow = seeded.filter((one) => one.slow === true);
    expect(slow.map(({ fault }) => fault)).toHaveLength(4);
    for (const one of slow) await one.seed();
    for (const one of slow) await isNamed(one);
    for (const one of slow) await one.mend();
    await nothingIsWrong();
  });

  it('counts a failure that its dead letter explains as work, not as a fault', async () => {
    await publish('', queues.dispatchDead);
    await store({ _id: 'msg_failed', status: 'failed', statusReason: 'attempts_exhausted' });
    const found = await eventually(
      async () => (await findings()).find(({ sentence }) => sentence.includes('1 failed notifications wait')),
      { withinMs, message: 'the failure is told' },
    );
    expect(found.severity).toBe('notice');
    await channel.purgeQueue(queues.dispatchDead);
    await forget();
  });

  it('gives no queue up while a worker consumes', async () => {
    const rebuilt = await rebuildQueue({ url: vhost.url }, topology, retryQueue);
    expect(rebuilt).toEqual({ kind: 'consumed', queues: workQueues });
    expect(await rebuildQueue({ url: vhost.url }, topology, 'orders')).toEqual({ kind: 'unknown_queue' });
  });

  it('hands unrouted events over that have a rule now, as their publisher sent them, and leaves the others', async () => {
    await detachAll();
    await publish(exchanges.unrouted, 'order.created');
    await publish(exchanges.unrouted, 'order.eaten');
    await eventually(async () => (await channel.checkQueue(queues.unrouted)).messageCount === 2, { message: 'both' });
    expect(await rerouteUnrouted({ url: vhost.url }, topology)).toEqual({ moved: 1, left: { 'order.eaten': 1 } });
    const taken = await channel.get(queues.events, { noAck: true });
    expect(taken).toMatchObject({
      properties: {
        headers: {
          'x-original-routing-key': 'order.created',
          'x-publisher': userOf(vhost.url),
          'x-correlation-id': 'c',
        },
      },
    });
    await channel.purgeQueue(queues.unrouted);
    for (const queue of workQueues) await attach(queue);
  });

  async function isNamed({ says, subject, remedy }: Seeded): Promise<void> {
    const found = await eventually(async () => (await findings()).find(({ sentence }) => sentence.includes(says)), {
      withinMs,
      message: `the doctor says: ${says}`,
    });
    expect(found).toMatchObject({ severity: 'wrong', subject });
    expect(found.remedy).toContain(remedy);
  }

  async function nothingIsWrong(): Promise<void> {
    await eventually(async () => (await findings()).length === 0, { withinMs, message: 'nothing is wrong any more' });
  }

  /** No more often than the broker's figures change: each look opens connections of its own. */
  async function findings(): Promise<readonly Finding[]> {
    await new Promise((resolve) => setTimeout(resolve, lookAgainMs));
    const managementUrl = givenServer('RABBITMQ_MANAGEMENT_URL').href;
    return examine({ topology, vhost: vhost.name, managementUrl, mongoUrl: database.url, passwords: {} });
  }

  async function apply(): Promise<void> {
    const managementUrl = givenServer('RABBITMQ_MANAGEMENT_URL').href;
    await applyTopology({ managementUrl, vhost: vhost.name, passwords: {}, topology });
  }

  /** With something in the queue, which must be there afterwards. */
  async function rebuild(): Promise<void> {
    await detachAll();
    for (let n = 0; n < 40; n += 1) await publish('', retryQueue);
    const rebuilt = await rebuildQueue({ url: vhost.url }, topology, retryQueue);
    expect(rebuilt.kind).toBe('rebuilt');
    // What the short TTL had let go meanwhile has come to the lane; nothing is in neither.
    const [waiting, due] = await Promise.all([lookAtQueue(channel, retryQueue), lookAtQueue(channel, queues.dispatch)]);
    expect(waiting.ready + due.ready).toBe(40);
    await channel.purgeQueue(retryQueue);
    await channel.purgeQueue(queues.dispatch);
    for (const queue of workQueues) await attach(queue);
  }

  async function declareAnew(name: string, queueArguments: object): Promise<void> {
    await channel.deleteQueue(name);
    await channel.assertQueue(name, { durable: true, arguments: queueArguments });
  }

  async function attach(queue: string): Promise<void> {
    const { consumerTag } = await channel.consume(queue, () => undefined);
    consumers.set(queue, consumerTag);
  }

  async function detachAll(): Promise<void> {
    for (const tag of consumers.values()) await channel.cancel(tag);
  }

  async function publish(exchange: string, routingKey: string): Promise<void> {
    const properties = { persistent: true, userId: userOf(vhost.url), headers: { 'x-correlation-id': 'c' } };
    channel.publish(exchange, routingKey, Buffer.from('{}'), properties);
    await channel.waitForConfirms();
  }

  async function store(document: { readonly _id: string; readonly [field: string]: unknown }): Promise<void> {
    const log = mongo.db().collection<{ readonly _id: string; readonly [field: string]: unknown }>('notifications_log');
    await log.insertOne({ createdAt: new Date(), ...document });
  }

  async function forget(): Promise<void> {
    await mongo.db().collection('notifications_log').deleteMany({});
  }

  const argumentsOf = (name: string) => topology.queues.find((queue) => queue.name === name)?.arguments ?? {};
});

const userOf = (url: string): string => decodeURIComponent(new URL(url).username);

guardLeaks();
