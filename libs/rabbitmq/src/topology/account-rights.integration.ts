import { ruledEventTypes } from '@earlybird/core';
import { guardLeaks, makeVhost, type TestVhost } from '@earlybird/testing';
import { type ChannelModel, connect } from 'amqplib';
import { accountsOf } from './accounts.js';
import { applyTopology } from './apply-topology.js';
import { declareTopology } from './declare-topology.js';
import { exchanges, queues } from './names.js';
import { topologyOf } from './topology.js';

const topology = topologyOf({ eventTypes: ruledEventTypes, retryDelaysMs: [300_000], deferDelayMs: 30_000 });

describe('the account of the worker', () => {
  let vhost: TestVhost;
  let connection: ChannelModel;
  let user: string;

  beforeAll(async () => {
    vhost = await makeVhost();
    user = `worker-${vhost.name}`;
    await applyTopology({
      managementUrl: process.env['RABBITMQ_MANAGEMENT_URL'] ?? '',
      vhost: vhost.name,
      passwords: {},
      topology,
    });
    connection = await connectWithRightsOf('svc-notifications-worker');
  });
  afterAll(async () => {
    await connection.close();
    await vhost.manage('DELETE', `users/${user}`);
    await vhost.remove();
  });

  it('declares and checks the whole topology with no more rights than it has', async () => {
    await expect(declareTopology(connection, topology)).resolves.toBeUndefined();
  });

  it('from RabbitMQ 4 on cannot see what is none of its business, and does not call that missing', async () => {
    const version = Number.parseFloat(connection.connection.serverProperties.version);
    await vhost.manage('PUT', 'queues/{vhost}/orders.private', { durable: true, arguments: {} });
    const channel = await connection.createChannel();
    channel.on('error', () => undefined);
    const seen = await channel.checkQueue('orders.private').then(
      () => 'seen',
      (error: Error) => error.message,
    );
    expect(seen).toContain(version >= 4 ? '403' : 'seen');
    await expect(declareTopology(connection, topology)).resolves.toBeUndefined();
  });

  it('sees how much nobody listened to', async () => {
    const channel = await connection.createChannel();
    await expect(channel.checkQueue(queues.unrouted)).resolves.toMatchObject({ messageCount: 0 });
    await channel.close();
  });

  it('tells a missing exchange of the platform', async () => {
    await vhost.manage('DELETE', `exchanges/{vhost}/${exchanges.events}`);
    await expect(declareTopology(connection, topology)).rejects.toMatchObject({ code: 'topology_missing' });
  });

  /** A user of the test's own with the rights of the account: accounts belong to the whole broker. */
  async function connectWithRightsOf(name: string): Promise<ChannelModel> {
    const account = accountsOf(topology).find((candidate) => candidate.name === name);
    if (account === undefined) throw new Error(`no account ${name}`);
    const { configure, write, read, topics } = account;
    await vhost.manage('PUT', `users/${user}`, { password: 'secret', tags: '' });
    await vhost.manage('PUT', `permissions/{vhost}/${user}`, { configure, write, read });
    if (topics !== undefined)
      await vhost.manage('PUT', `topic-permissions/{vhost}/${user}`, { exchange: exchanges.events, ...topics });
    const url = new URL(vhost.url);
    url.username = user;
    url.password = 'secret';
    return connect(url.href);
  }
});

guardLeaks();
