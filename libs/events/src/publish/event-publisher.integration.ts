import { type Channel, type ChannelModel, connect } from 'amqplib';
import { guardLeaks, makeVhost, type TestVhost } from '@earlybird/testing';
import type { DomainEvent } from '../domain-event.js';
import { eventCatalogue } from '../event-catalogue.js';
import { eventPublishers } from '../event-publishers.js';
import { sampleEvent } from '../sample-event.js';
import { createPublisher } from './event-publisher.js';

const sample = (id: string, type: DomainEvent['type'] = 'order.created') => sampleEvent(type, { id, time: new Date() });

describe('the publisher of events', () => {
  let vhost: TestVhost;
  let admin: ChannelModel;
  let channel: Channel;

  beforeAll(async () => {
    vhost = await makeVhost();
    admin = await connect(vhost.url);
    channel = await admin.createChannel();
    await channel.assertExchange('domain.events', 'topic', { durable: true });
    await channel.assertQueue('all', { durable: true, arguments: { 'x-queue-type': 'quorum' } });
    await channel.bindQueue('all', 'domain.events', '#');
  });
  afterAll(async () => {
    await admin.close();
    await vhost.remove();
  });

  const publisherOf = async (source: string) => {
    const publisher = createPublisher({ url: vhost.url, source, name: 'test' });
    expect(await publisher.whenConnected()).toBe(true);
    return publisher;
  };

  it('publishes every type of its service as a CloudEvent under the type as routing key', async () => {
    for (const { source } of eventPublishers) {
      const publisher = await publisherOf(source);
      for (const type of eventCatalogue.types.filter((each) => eventCatalogue.sourceOf(each) === source)) {
        const event = { ...sample(`evt_${type}`, type), traceparent: '00-0af7-b7ad-01' };
        await publisher.publish(event);
        const message = await channel.get('all', { noAck: true });
        if (message === false) throw new Error(`${type} did not arrive`);
        expect(message.fields.routingKey).toBe(type);
        expect(JSON.parse(message.content.toString())).toEqual(event);
        expect(message.properties).toMatchObject({
          contentType: 'application/cloudevents+json',
          deliveryMode: 2,
          messageId: event.id,
          type,
          userId: new URL(vhost.url).username,
          headers: { traceparent: '00-0af7-b7ad-01', 'x-correlation-id': event.correlationid },
        });
      }
      await publisher.close();
    }
  });

  it('sends nothing that is unknown, invalid or of another service', async () => {
    const publisher = await publisherOf('/services/orders');
    const order = sample('1');
    for (const event of [
      { ...order, type: 'order.exploded' },
      { ...order, data: { ...order.data, currency: '₹' } },
      sample('2', 'billing.bill_issued'),
    ] as unknown as DomainEvent[]) {
      await expect(publisher.publish(event)).rejects.toThrow();
    }
    await publisher.publish(order);
    await publisher.close();
    // One, and none behind it.
    expect(await channel.get('all', { noAck: true })).toMatchObject({ fields: { messageCount: 0 } });
  });
});

guardLeaks();
