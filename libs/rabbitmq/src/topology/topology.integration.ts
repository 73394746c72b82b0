import { AppError } from '@earlybird/core';
import { eventually, givenServer, guardLeaks, makeVhost, type TestVhost } from '@earlybird/testing';
import { type ChannelModel, connect } from 'amqplib';
import { applyTopology } from './apply-topology.js';
import { checkTopology, declareTopology } from './declare-topology.js';
import { exchanges, queues } from './names.js';
import { topologyOf } from './topology.js';

const parameters = {
  eventTypes: ['order.created', 'product.launched'],
  retryDelaysMs: [300_000],
  deferDelayMs: 30_000,
};
const topology = topologyOf(parameters);

describe('the topology on a broker', () => {
  let vhost: TestVhost;
  let connection: ChannelModel;
  const apply = (table = topology) =>
    applyTopology({
      managementUrl: givenServer('RABBITMQ_MANAGEMENT_URL').href,
      vhost: vhost.name,
      passwords: {},
      topology: table,
    });
  const namesOf = async (what: string): Promise<readonly string[]> =>
    ((await vhost.manage('GET', `${what}/{vhost}`)) as readonly { name: string }[]).map(({ name }) => name);

  beforeEach(async () => {
    vhost = await makeVhost();
    connection = await connect(vhost.url);
  });
  afterEach(async () => {
    await connection.close();
    await vhost.remove();
  });

  it('is applied whole, can be applied again, and is what the worker declares', async () => {
    await apply();
    await expect(apply()).resolves.toMatchObject({ unbound: [] });
    await expect(declareTopology(connection, topology)).resolves.toBeUndefined();
    expect((await namesOf('queues')).toSorted()).toEqual(topology.queues.map(({ name }) => name).toSorted());
    expect(await namesOf('exchanges')).toEqual(expect.arrayContaining(topology.exchanges.map(({ name }) => name)));
    expect(await namesOf('policies')).toContain('unrouted-events');
  });

  it('is applied to what the worker has declared before', async () => {
    const platform = { ...topology, queues: [], bindings: [], policies: [] };
    await apply(platform);
    const own = { ...topology, queues: topology.queues.filter(({ owner }) => owner === 'worker') };
    await declareTopology(connection, own);
    await expect(apply()).resolves.toMatchObject({ unbound: [] });
  });

  it('brings an event to its queue, and one without a rule to the unrouted', async () => {
    await apply();
    const channel = await connection.createConfirmChannel();
    channel.publish(exchanges.events, 'order.created', Buffer.from('a'));
    channel.publish(exchanges.events, 'order.eaten', Buffer.from('b'));
    await channel.waitForConfirms();
    const arrived = async (queue: string) => {
      const message = await channel.get(queue, { noAck: true });
      return message === false ? undefined : message.content.toString();
    };
    expect(await eventually(() => arrived(queues.events), { message: 'the event arrives' })).toBe('a');
    expect(await eventually(() => arrived(queues.unrouted), { message: 'the other is kept' })).toBe('b');
    await channel.close();
  });

  it('unbinds an event type that lost its rule', async () => {
    await apply();
    const fewer = topologyOf({ ...parameters, eventTypes: ['order.created'] });
    await expect(apply(fewer)).resolves.toMatchObject({ unbound: ['product.launched'] });
    await expect(apply(fewer)).resolves.toMatchObject({ unbound: [] });
  });

  it('names everything of the platform that is missing, and the command', async () => {
    const missing = await declareTopology(connection, topology).catch((error: unknown) => error);
    expect(missing).toBeInstanceOf(AppError);
    expect(missing).toMatchObject({ code: 'topology_missing' });
    expect(String(missing)).toMatch(
      /exchange domain\.events, exchange domain\.events\.unrouted.*npm run topology -- apply/,
    );
    await expect(checkTopology(connection, { exchanges: [exchanges.internal] })).rejects.toMatchObject({
      code: 'topology_missing',
    });
    expect(await namesOf('queues')).toEqual([]);
  });

  it('names every queue with other arguments, what differs and what to do, and changes nothing', async () => {
    await apply(topologyOf({ ...parameters, retryDelaysMs: [] }));
    const channel = await connection.createChannel();
    const other = { 'x-queue-type': 'quorum', 'x-message-ttl': 5_000 };
    const names = ['notifications.dispatch.retry.5m', 'notifications.dispatch.bulk.retry.5m'];
    for (const name of names) await channel.assertQueue(name, { durable: true, arguments: other });
    const differs = await declareTopology(connection, topology).catch((error: unknown) => error);
    expect(differs).toMatchObject({ code: 'topology_differs' });
    for (const name of [...names, 'x-dead-letter-exchange', 'npm run topology -- doctor'])
      expect(String(differs)).toContain(name);
    const applied = await apply().catch((error: unknown) => error);
    expect(applied).toMatchObject({ code: 'topology_differs' });
    for (const name of [...names, '"x-message-ttl":5000', '"x-message-ttl":300000'])
      expect(String(applied)).toContain(name);
    await channel.checkQueue(names[0] ?? '');
    await channel.close();
  });

  it('tells a broker that is away from one that refuses', async () => {
    const away = applyTopology({ managementUrl: 'http://a:b@127.0.0.1:1', passwords: {}, topology });
    await expect(away).rejects.toMatchObject({ code: 'broker_unavailable' });
    const url = givenServer('RABBITMQ_MANAGEMENT_URL');
    url.password = 'wrong-and-secret';
    const refused = await applyTopology({ managementUrl: url.href, passwords: {}, topology }).catch(String);
    expect(refused).toContain('refuses the user or password');
    expect(refused).not.toContain('wrong-and-secret');
  });
});

guardLeaks();
