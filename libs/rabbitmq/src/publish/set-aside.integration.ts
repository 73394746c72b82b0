import { aReceipt, eventually, guardLeaks, makeVhost, type TestVhost } from '@earlybird/testing';
import type { ConsumeMessage } from 'amqplib';
import { TestBroker } from '../../test/test-broker.js';
import { decodeEventEnvelope } from '../envelope/decode-event-envelope.js';
import { decodeReceipt } from '../envelope/decode-receipt.js';
import { type Delivery, deliveryOf } from '../envelope/delivery.js';
import { applyTopology } from '../topology/apply-topology.js';
import { exchanges, queues } from '../topology/names.js';
import { topologyOf } from '../topology/topology.js';
import { byInternalExchange, byQueueName } from './dispatch-route.js';
import { EnvelopePublisher } from './envelope-publisher.js';
import { RabbitmqEventQueue } from './rabbitmq-event-queue.js';
import { RabbitmqReceiptQueue } from './rabbitmq-receipt-queue.js';

const delays = { eventRetryDelayMs: 50, receiptRetryDelayMs: 40 };
const topology = topologyOf({ eventTypes: ['order.created'], retryDelaysMs: [], deferDelayMs: 1_000, ...delays });

describe('setting envelopes aside', () => {
  let vhost: TestVhost;
  let admin: TestBroker;
  let publisher: EnvelopePublisher;
  let user: string;

  beforeAll(async () => {
    vhost = await makeVhost();
    user = new URL(vhost.url).username;
    await applyTopology({
      managementUrl: process.env['RABBITMQ_MANAGEMENT_URL'] ?? '',
      vhost: vhost.name,
      passwords: {},
      topology,
    });
    admin = await TestBroker.open(vhost.url);
    publisher = new EnvelopePublisher({ url: vhost.url, name: 'test' });
    await publisher.whenConnected();
  });
  afterAll(async () => {
    await publisher.close();
    await admin.close();
    await vhost.remove();
  });

  const next = async (queue: string): Promise<{ message: ConsumeMessage; delivery: Delivery }> => {
    const got = await eventually(() => admin.take(queue), { message: `an arrival in ${queue}` });
    const message = { ...got, fields: { ...got.fields, consumerTag: '' } };
    return { message, delivery: deliveryOf(queue, message) };
  };
  const publishEvent = (headers: Readonly<Record<string, unknown>> = {}): void =>
    void admin.channel.publish(exchanges.events, 'order.created', Buffer.from('{"a":1}'), {
      persistent: true,
      userId: user,
      messageId: 'event-1',
      contentType: 'application/cloudevents+json',
      headers: { 'x-correlation-id': 'corr-1', ...headers },
    });

  it('parks an event as it came, with reason, publisher and original key', async () => {
    publishEvent({ CC: ['notifications.receipts'] });
    const { delivery } = await next(queues.events);
    const events = new RabbitmqEventQueue({ publisher, retryDelayMs: 50 });
    await events.park(delivery, { reason: 'invalid_data', detail: 'data.amount: too small' });
    const { message } = await next(queues.eventsDead);
    expect(message.content.toString()).toBe('{"a":1}');
    expect(message.properties).toMatchObject({
      messageId: 'event-1',
      contentType: 'application/cloudevents+json',
      deliveryMode: 2,
      headers: {
        'x-reason': 'invalid_data',
        'x-detail': 'data.amount: too small',
        'x-publisher': user,
        'x-original-routing-key': 'order.created',
        'x-correlation-id': 'corr-1',
        'x-first-failed-at': expect.stringMatching(/^\d{4}-.*Z$/) as string,
      },
    });
    expect(await admin.ready(queues.receipts)).toBe(0);
  });

  it('brings an event back ten times, each time with its publisher and the duty to repeat, and parks it then', async () => {
    const events = new RabbitmqEventQueue({ publisher, retryDelayMs: 50 });
    publishEvent();
    const firstFailed: unknown[] = [];
    for (let times = 0; times < 10; times += 1) {
      const { delivery } = await next(queues.events);
      expect(decodeEventEnvelope(delivery)).toMatchObject({
        publisher: user,
        routingKey: 'order.created',
        redelivered: times > 0,
        correlationId: 'corr-1',
      });
      firstFailed.push(delivery.headers['x-first-failed-at']);
      await expect(events.retryLater(delivery, { reason: 'invariant_broken' })).resolves.toBe('waiting');
    }
    const { delivery } = await next(queues.events);
    await expect(events.retryLater(delivery, { reason: 'invariant_broken' })).resolves.toBe('parked');
    const { message } = await next(queues.eventsDead);
    expect(message.properties.headers).toMatchObject({
      'x-attempt': 11,
      'x-reason': 'invariant_broken',
      'x-publisher': user,
      'x-original-routing-key': 'order.created',
    });
    expect(message.properties.headers).not.toHaveProperty('x-death');
    expect(new Set(firstFailed.slice(1)).size).toBe(1);
    expect(await admin.ready(queues.events)).toBe(0);
  });

  it('brings a receipt whole from the api to the worker, and back twelve times', async () => {
    const receipt = aReceipt({ providerMessageId: 'wamid.1', errorCode: '131026' });
    const ofTheApi = new RabbitmqReceiptQueue({ publisher, route: byInternalExchange, retryDelayMs: 40 });
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    await ofTheApi.enqueue(receipt, { traceparent });
    const receipts = new RabbitmqReceiptQueue({ publisher, route: byQueueName, retryDelayMs: 40 });
    for (let times = 0; times < 12; times += 1) {
      const { delivery } = await next(queues.receipts);
      expect(decodeReceipt(delivery)).toEqual({ ok: true, envelope: { receipt, traceparent } });
      await expect(receipts.retryLater(delivery, { reason: 'invariant_broken' })).resolves.toBe('waiting');
    }
    const { delivery } = await next(queues.receipts);
    await expect(receipts.retryLater(delivery, { reason: 'invariant_broken' })).resolves.toBe('parked');
    const { message } = await next(queues.receiptsDead);
    expect(message.properties.headers).toMatchObject({ 'x-reason': 'invariant_broken', 'x-publisher': user });
  });
});

guardLeaks();
