import { type Channel, type ChannelModel, connect, type GetMessage } from 'amqplib';
import { eventually, guardLeaks, makeVhost, Road, type TestVhost } from '@earlybird/testing';
import { ConfirmPublisher, type ConfirmPublisherOptions } from './confirm-publisher.js';
import type { PublisherState } from './connection-state.js';

/** The management page lists a new connection up to some seconds late. */
const PATIENCE_MS = 30_000;

describe('the confirm publisher', () => {
  let vhost: TestVhost;
  let admin: ChannelModel;
  let channel: Channel;
  let road: Road;
  let publisher: ConfirmPublisher;
  let states: PublisherState[];

  const start = (options: Partial<ConfirmPublisherOptions> = {}): ConfirmPublisher => {
    states = [];
    publisher = new ConfirmPublisher({
      url: road.url,
      name: `test ${vhost.name}`,
      reconnect: { firstMs: 20, longestMs: 50 },
      onState: (state) => states.push(state),
      ...options,
    });
    return publisher;
  };
  const connected = async (options?: Partial<ConfirmPublisherOptions>): Promise<ConfirmPublisher> => {
    start(options);
    expect(await publisher.whenConnected()).toBe(true);
    return publisher;
  };

  beforeAll(async () => {
    vhost = await makeVhost();
    admin = await connect(vhost.url);
    channel = await admin.createChannel();
    await channel.assertQueue('taken', { durable: true, arguments: { 'x-queue-type': 'quorum' } });
    await channel.assertQueue('full', {
      durable: true,
      arguments: { 'x-queue-type': 'quorum', 'x-max-length': 1, 'x-overflow': 'reject-publish' },
    });
    await channel.assertExchange('domain.events', 'topic', { durable: true });
    await channel.bindQueue('taken', 'domain.events', 'order.*');
    await channel.bindQueue('taken', 'domain.events', 'billing.*');
  });
  afterAll(async () => {
    await admin.close();
    await vhost.remove();
  });
  beforeEach(async () => {
    road = await Road.to(vhost.url);
    await channel.purgeQueue('taken');
  });
  afterEach(async () => {
    await publisher.close();
    await road.close();
  });

  it('publishes persistent, under its own user, with id, type, time and headers', async () => {
    await connected();
    const at = new Date('2026-02-01T06:00:00Z');
    await publisher.publish({ ...publication('1'), type: 'order.created', at, headers: { traceparent: '00-x' } });
    const message = await taken(channel);
    expect(message?.content.toString()).toBe('{"n":"1"}');
    expect(message?.properties).toMatchObject({
      deliveryMode: 2,
      messageId: '1',
      userId: new URL(vhost.url).username,
      contentType: 'application/json',
      type: 'order.created',
      timestamp: at.getTime() / 1000,
      headers: { traceparent: '00-x' },
    });
  });

  it('rejects as returned what no queue takes, and that alone', async () => {
    await connected();
    const results = await Promise.allSettled([
      publisher.publish(publication('1')),
      publisher.publish({ ...publication('2'), routingKey: 'nowhere' }),
      publisher.publish(publication('3')),
    ]);
    expect(results).toEqual([kept, failed('returned'), kept]);
    expect(await contents(channel)).toEqual(['1', '3']);
  });

  it('tells copies of the same id apart when one of them is returned', async () => {
    await connected();
    const results = await Promise.allSettled([
      publisher.publish({ ...publication('1'), exchange: 'domain.events', routingKey: 'nobody.cares' }),
      publisher.publish({ ...publication('1'), exchange: 'domain.events', routingKey: 'order.created' }),
    ]);
    expect(results).toEqual([failed('returned'), kept]);
  });

  it('rejects as refused what a full queue does not take', async () => {
    await connected();
    const publish = (id: string) => publisher.publish({ ...publication(id), routingKey: 'full' });
    const results = [];
    for (let n = 0; n < 10; n += 1) results.push(...(await Promise.allSettled([publish(String(n))])));
    expect(results[0]).toEqual(kept);
    expect(results.at(-1)).toEqual(failed('refused'));
  });

  it('rejects as refused what the account may not write, and goes on', async () => {
    const account = vhost.name;
    await vhost.manage('PUT', `users/${account}`, { password: 'secret', tags: '' });
    const permissions = { configure: '^$', write: '^domain\\.events$', read: '^$' };
    await vhost.manage('PUT', `permissions/${vhost.name}/${account}`, permissions);
    const topic = { exchange: 'domain.events', write: '^order\\.', read: '^$' };
    await vhost.manage('PUT', `topic-permissions/${vhost.name}/${account}`, topic);
    const url = new URL(road.url);
    [url.username, url.password] = [account, 'secret'];
    await connected({ url: url.href });
    const good = (id: string) => ({ ...publication(id), exchange: 'domain.events', routingKey: 'order.created' });
    await publisher.publish(good('before'));
    const bad = publisher.publish({ ...publication('bad'), exchange: 'domain.events', routingKey: 'billing.x' });
    await expect(bad).rejects.toMatchObject({ code: 'refused' });
    expect(await publisher.whenConnected()).toBe(true);
    await publisher.publish(good('after'));
    expect(await contents(channel)).toEqual(['before', 'after']);
    await vhost.manage('DELETE', `users/${account}`);
  });

  it('never takes the neighbours of a refused one for confirmed when they are not', async () => {
    await connected();
    const ids = Array.from({ length: 200 }, (_, n) => `event-${n}`);
    const results = await Promise.allSettled(
      ids.map((id, n) => publisher.publish({ ...publication(id), ...(n === 100 ? { exchange: 'missing' } : {}) })),
    );
    expect(results[100]).toEqual(failed('refused'));
    const confirmed = ids.filter((_, n) => results[n]?.status === 'fulfilled');
    expect(await contents(channel)).toEqual(expect.arrayContaining(confirmed));
  });

  it('rejects at once while there is no broker, and publishes as soon as there is one', async () => {
    await road.close();
    start();
    await expect(publisher.publish(publication('1'))).rejects.toMatchObject({ code: 'not_connected' });
    await road.open();
    expect(await publisher.whenConnected()).toBe(true);
    await publisher.publish(publication('2'));
    expect(await contents(channel)).toEqual(['2']);
  });

  it('rejects as unconfirmed what was under way when the connection broke, and connects again', async () => {
    await connected();
    road.stall();
    const publishing = publisher.publish(publication('1'));
    await eventually(() => publisher.outstanding === 1, { message: 'it is under way' });
    road.cut();
    await expect(publishing).rejects.toMatchObject({ code: 'unconfirmed' });
    await road.open();
    expect(await publisher.whenConnected()).toBe(true);
    await publisher.publish(publication('2'));
    expect(states).toEqual(expect.arrayContaining(['connected', 'connecting', 'connected']));
  });

  it(
    'connects again after an operator closed its connection',
    async () => {
      await connected();
      const name = await connectionName(vhost);
      await vhost.manage('DELETE', `connections/${encodeURIComponent(name)}`);
      await eventually(() => states.includes('connecting'), { message: 'the connection is lost' });
      expect(await publisher.whenConnected()).toBe(true);
      await publisher.publish(publication('1'));
      expect(await contents(channel)).toEqual(['1']);
    },
    PATIENCE_MS,
  );

  it('rejects as unconfirmed what is not confirmed in time, and as saturated what got no turn', async () => {
    await connected({ confirmTimeoutMs: 200, maxOutstanding: 2 });
    road.stall();
    const results = await Promise.allSettled(['1', '2', '3'].map((id) => publisher.publish(publication(id))));
    expect(results).toEqual([failed('unconfirmed'), failed('unconfirmed'), failed('saturated')]);
    expect(publisher.outstanding).toBe(2);
    await road.open();
    await eventually(() => publisher.outstanding === 0, { message: 'all confirms came' });
    await publisher.publish(publication('4'));
  });

  it('keeps the order of the calls, and never more confirms outstanding than allowed', async () => {
    await connected({ maxOutstanding: 50 });
    const ids = Array.from({ length: 1_000 }, (_, n) => String(n));
    let most = 0;
    await Promise.all(
      ids.map(async (id) => {
        await publisher.publish(publication(id));
        most = Math.max(most, publisher.outstanding);
      }),
    );
    expect(most).toBeLessThanOrEqual(50);
    expect(await contents(channel)).toEqual(ids);
  });

  it('refuses headers that fit into no frame, and goes on', async () => {
    await connected();
    const huge = publisher.publish({ ...publication('1'), headers: { text: 'x'.repeat(200_000) } });
    await expect(huge).rejects.toMatchObject({ code: 'unencodable' });
    await publisher.publish(publication('2'));
    expect(await contents(channel)).toEqual(['2']);
  });

  it('waits for outstanding confirms before it closes, and takes nothing more', async () => {
    await connected();
    road.stall();
    const publishing = publisher.publish(publication('1'));
    await eventually(() => publisher.outstanding === 1, { message: 'it is under way' });
    const closing = publisher.close();
    await road.open();
    await expect(publishing).resolves.toBeUndefined();
    await closing;
    await expect(publisher.publish(publication('2'))).rejects.toMatchObject({ code: 'closed' });
    expect(await contents(channel)).toEqual(['1']);
  });

  it('can be closed while there is no broker', async () => {
    await road.close();
    start();
    await eventually(() => states.includes('connecting'), { message: 'it has tried' });
    await publisher.close();
    expect(publisher.state).toBe('closed');
    expect(await publisher.whenConnected()).toBe(false);
  });
});

const publication = (id: string) => ({
  exchange: '',
  routingKey: 'taken',
  body: Buffer.from(JSON.stringify({ n: id })),
  messageId: id,
  contentType: 'application/json',
});
const kept = { status: 'fulfilled', value: undefined };
const failed = (code: string): unknown => ({
  status: 'rejected',
  reason: expect.objectContaining({ code }) as unknown,
});

const taken = async (channel: Channel): Promise<GetMessage | undefined> =>
  (await channel.get('taken', { noAck: true })) || undefined;

async function contents(channel: Channel): Promise<string[]> {
  const found: string[] = [];
  for (let message = await taken(channel); message !== undefined; message = await taken(channel)) {
    found.push((JSON.parse(message.content.toString()) as { n: string }).n);
  }
  return found;
}

const connectionName = (vhost: TestVhost): Promise<string> =>
  eventually(
    async () => {
      const list = (await vhost.manage('GET', `vhosts/${vhost.name}/connections`)) as {
        name: string;
        client_properties: { connection_name?: string };
      }[];
      return list.find(({ client_properties }) => client_properties.connection_name === `test ${vhost.name}`)?.name;
    },
    { message: 'the management API lists the connection', withinMs: PATIENCE_MS },
  );

guardLeaks();
