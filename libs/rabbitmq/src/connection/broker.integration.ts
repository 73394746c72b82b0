import { AppError } from '@earlybird/core';
import { eventually, guardLeaks, makeVhost, Road, type TestVhost } from '@earlybird/testing';
import type { ChannelModel } from 'amqplib';
import { BrokerConnection } from './broker-connection.js';
import { Broker } from './broker.js';
import type { RabbitmqNews } from './rabbitmq-news.js';

describe('the broker as a process reaches it', () => {
  let vhost: TestVhost;
  let road: Road;
  let broker: Broker;
  let news: RabbitmqNews[];
  const changes: string[] = [];

  const open = (prepare?: (connection: ChannelModel) => Promise<void>): Broker => {
    news = [];
    changes.length = 0;
    broker = new Broker({
      url: road.url,
      service: 'test-service',
      answerWithinMs: 1_000,
      observer: { report: (it) => news.push(it) },
      ...(prepare === undefined ? {} : { prepare }),
    });
    broker.onLost((reason) => changes.push(`lost: ${reason}`));
    broker.onBack(() => changes.push('back'));
    return broker;
  };
  const told = (kind: RabbitmqNews['kind']) => news.filter((it) => it.kind === kind);

  beforeAll(async () => {
    vhost = await makeVhost();
  });
  afterAll(() => vhost.remove());
  beforeEach(async () => {
    road = await Road.to(vhost.url);
  });
  afterEach(async () => {
    await broker.close();
    await road.close();
  });

  it('is waited for, visibly and without its password, and found when it comes', async () => {
    await road.close();
    open();
    await eventually(() => told('waiting_for_server').length > 0, { message: 'the wait is told' });
    expect(broker.verdict).toMatchObject({ ok: false });
    const line = JSON.stringify(told('waiting_for_server')[0]);
    expect(line).toContain('ECONNREFUSED');
    expect(line).not.toContain(new URL(vhost.url).password);
    await road.open();
    expect(await broker.whenReady()).toBe(true);
    expect(broker.verdict).toEqual({ ok: true });
    expect(told('server_reached')).toHaveLength(1);
    expect(changes).toEqual(['back']);
  });

  it('is two connections with names that tell service, role and host', async () => {
    open();
    await broker.whenReady();
    const names = async (): Promise<readonly string[]> =>
      (
        (await vhost.manage('GET', 'vhosts/{vhost}/connections')) as readonly {
          client_properties?: { connection_name?: string };
        }[]
      ).map((it) => it.client_properties?.connection_name ?? '');
    const both = await eventually(async () => ((await names()).length === 2 ? names() : undefined), {
      message: 'the management API knows both',
    });
    expect(both.map((name) => name.split(' ').slice(0, 2).join(' ')).toSorted()).toEqual([
      'test-service consume',
      'test-service publish',
    ]);
  });

  it('is lost and back again, each told once', async () => {
    open();
    await broker.whenReady();
    await road.close();
    await eventually(() => !broker.verdict.ok, { message: 'it is noticed' });
    await expect(broker.connection.withChannel(async () => 1)).rejects.toMatchObject({ code: 'broker_unavailable' });
    await road.open();
    await broker.whenReady();
    expect(changes.map((change) => change.split(':')[0])).toEqual(['back', 'lost', 'back']);
    expect(told('connection_lost')).toHaveLength(2);
    expect(told('connection_restored')).toHaveLength(2);
  });

  it('does not count as reached while its topology is wrong, says what is wrong, and goes on when it is mended', async () => {
    let isWrong = true;
    open(async () => {
      if (isWrong) throw new AppError('topology_missing', 'Missing: exchange domain.events.');
    });
    await eventually(() => told('topology_wrong').length >= 2, { message: 'it is told again' });
    expect(broker.verdict).toEqual({ ok: false, reason: 'Missing: exchange domain.events.' });
    isWrong = false;
    expect(await broker.whenReady()).toBe(true);
  });

  it('is prepared again after every loss', async () => {
    let times = 0;
    open(async () => void (times += 1));
    await broker.whenReady();
    expect(times).toBe(1);
    road.cut();
    await eventually(() => times === 2, { message: 'it is prepared again' });
    await broker.connection.prepareAgain();
    expect(times).toBe(3);
  });

  it.each(['prepare', 'handshake'])('is reached in the end when it fell silent during the %s', async (when) => {
    let stalls = when === 'prepare';
    if (when === 'handshake') road.stall();
    open(async (connection) => {
      if (stalls) road.stall();
      stalls = false;
      await connection.createChannel();
    });
    await eventually(() => told('waiting_for_server').length > 0 || when === 'prepare', { message: 'it is told' });
    await new Promise((resolve) => setTimeout(resolve, 300));
    road.cut();
    await road.open();
    expect(await broker.whenReady()).toBe(true);
  });

  it('tells a missing queue from a missing broker, and lives on', async () => {
    open();
    await broker.whenReady();
    const asked = broker.connection.withChannel((channel) => channel.checkQueue('nobody.knows'));
    await expect(asked).rejects.toMatchObject({ code: 'topology_missing' });
    await expect(broker.connection.withChannel(async () => 5)).resolves.toBe(5);
  });

  it('can be closed while it is away', async () => {
    await road.close();
    open();
    const ready = broker.whenReady();
    await broker.close();
    expect(await ready).toBe(false);
    expect(broker.verdict).toEqual({ ok: false, reason: 'closed' });
  });

  it('can be closed while it is silent, without waiting for it', async () => {
    road.stall();
    const connection = new BrokerConnection({ url: road.url, name: 'test' });
    await new Promise((resolve) => setTimeout(resolve, 50));
    const begin = Date.now();
    await connection.close();
    expect(Date.now() - begin).toBeLessThan(1_000);
    expect(await connection.whenConnected()).toBe(false);
  });
});

guardLeaks();
