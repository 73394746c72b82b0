import { eventCatalogue } from '@earlybird/events';
import { guardLeaks, makeVhost, type TestVhost } from '@earlybird/testing';
import { type Channel, type ChannelModel, connect } from 'amqplib';
import { publishSample } from './publish-sample.js';

describe('npm run events -- publish', () => {
  let vhost: TestVhost;
  let admin: ChannelModel;
  let channel: Channel;
  beforeAll(async () => {
    vhost = await makeVhost();
    admin = await connect(vhost.url);
    channel = await admin.createChannel();
    await channel.assertExchange('domain.events', 'topic', { durable: true });
    await channel.assertQueue('all', { durable: true, arguments: { 'x-queue-type': 'quorum' } });
  });
  afterAll(async () => {
    await admin.close();
    await vhost.remove();
  });

  const publish = (type: string, url = vhost.url) =>
    publishSample({ type, url, id: 'evt_1', customer: { phone: '+919999900002' } });

  it('says that nobody listens', async () => {
    await expect(publish('order.created')).rejects.toThrow('Not published (returned)');
  });

  it.each(eventCatalogue.types)('publishes a valid %s about the given phone', async (type) => {
    await channel.bindQueue('all', 'domain.events', type);
    await publish(type);
    const message = await channel.get('all', { noAck: true });
    if (message === false) throw new Error('nothing came');
    const validation = eventCatalogue.validate(message.fields.routingKey, JSON.parse(message.content.toString()));
    expect(validation).toMatchObject({
      ok: true,
      event: { id: 'evt_1', data: { customer: { phone: '+919999900002' } } },
    });
  });

  it('names the types when there is no such one, and the broker when it does not answer', async () => {
    await expect(publish('order.exploded')).rejects.toThrow('There are: order.created');
    const wrongPassword = new URL(vhost.url);
    wrongPassword.password = 'wrong';
    await expect(publish('order.created', wrongPassword.href)).rejects.toThrow(/No broker at .*ACCESS.REFUSED/);
  });
});

guardLeaks();
