import { type Lane, AppError } from '@earlybird/core';
import { dispatchQueueContract, eventually, guardLeaks, makeVhost, Road } from '@earlybird/testing';
import type { GetMessage } from 'amqplib';
import { TestBroker } from '../../test/test-broker.js';
import { Broker } from '../connection/broker.js';
import { decodeCommand } from '../envelope/decode-command.js';
import { decodeDispatchEnvelope } from '../envelope/decode-dispatch-envelope.js';
import { type Delivery, deliveryOf, textHeader } from '../envelope/delivery.js';
import { headers } from '../header/headers.js';
import { declareTopology } from '../topology/declare-topology.js';
import { laneQueue, queues } from '../topology/names.js';
import { topologyOf } from '../topology/topology.js';
import { applyTopology } from '../topology/apply-topology.js';
import { byInternalExchange, byQueueName } from './dispatch-route.js';
import { RabbitmqCommandQueue } from './rabbitmq-command-queue.js';
import { RabbitmqDispatchQueue } from './rabbitmq-dispatch-queue.js';

const deferDelayMs = 400;
const retryDelayMs = 300;
const topology = topologyOf({ eventTypes: ['order.created'], retryDelaysMs: [retryDelayMs], deferDelayMs });

/** A queue on a virtual host of its own, and everything that must be given back. */
async function makeQueue() {
  const vhost = await makeVhost();
  await applyTopology({
    managementUrl: process.env['RABBITMQ_MANAGEMENT_URL'] ?? '',
    vhost: vhost.name,
    passwords: {},
    topology,
  });
  const road = await Road.to(vhost.url);
  const broker = new Broker({
    url: road.url,
    service: 'test',
    prepare: (connection) => declareTopology(connection, topology),
  });
  const admin = await TestBroker.open(vhost.url);
  await broker.whenReady();
  const parts = { publisher: broker.publisher, connection: broker.connection, deferDelayMs };
  const queue = new RabbitmqDispatchQueue({ ...parts, route: byQueueName });
  const close = async (): Promise<void> => {
    await broker.close();
    await road.close();
    await admin.close();
    await vhost.remove();
  };
  return { road, broker, admin, queue, parts, close };
}

/** As the consumer would see it. */
const asDelivery = (name: string, message: GetMessage): Delivery =>
  deliveryOf(name, { ...message, fields: { ...message.fields, consumerTag: '' } });

function envelopeIn(delivery: Delivery) {
  const decoded = decodeDispatchEnvelope(delivery);
  if (!decoded.ok) throw new Error(decoded.detail);
  return decoded.envelope;
}

dispatchQueueContract('RabbitmqDispatchQueue', async () => {
  const { road, admin, queue, close } = await makeQueue();
  const parkedSoFar: Delivery[] = [];
  return {
    queue,
    retryDelayMs,
    deferDelayMs,
    take: async (lane: Lane) => {
      const message = await admin.take(laneQueue(lane));
      return message === undefined ? undefined : envelopeIn(asDelivery(laneQueue(lane), message));
    },
    parked: async () => {
      for (let next = await admin.take(queues.dispatchDead); next; next = await admin.take(queues.dispatchDead))
        parkedSoFar.push(asDelivery(queues.dispatchDead, next));
      return parkedSoFar.map((delivery) => {
        const lane = textHeader(delivery, headers.originalRoutingKey.name) ?? '';
        const told = (name: string) => textHeader(delivery, name);
        const time = (name: string) => new Date(told(name) ?? 0);
        return {
          envelope: envelopeIn({ ...delivery, queue: lane }),
          story: {
            reason: told(headers.reason.name) ?? '',
            ...(told(headers.errorCode.name) && { errorCode: told(headers.errorCode.name) ?? '' }),
            ...(told(headers.nextAttemptAt.name) && { nextAttemptAt: time(headers.nextAttemptAt.name) }),
            ...(told(headers.firstFailedAt.name) && { firstFailedAt: time(headers.firstFailedAt.name) }),
          },
        };
      });
    },
    now: () => new Date(),
    pass: (ms: number) => new Promise((resolve) => setTimeout(resolve, ms)),
    loseBroker: () => road.close(),
    close,
  };
});

describe('the dispatch queue on RabbitMQ', () => {
  let parts: Awaited<ReturnType<typeof makeQueue>>;
  const envelope = {
    notificationId: 'msg_1',
    attempt: 2,
    lane: 'normal',
    repeat: false,
    correlationId: 'corr-1',
    traceparent: '00-1-2-01',
  } as const;

  beforeAll(async () => {
    parts = await makeQueue();
  });
  afterAll(() => parts.close());

  it('tells in the headers of a waiting envelope what a person must know, and in its body nothing personal', async () => {
    await parts.queue.defer(envelope, { reason: 'attempt_in_progress', errorCode: '131026' });
    const message = await parts.admin.take('notifications.dispatch.defer.400ms');
    expect(message?.properties).toMatchObject({
      messageId: 'msg_1/2',
      contentType: 'application/json',
      deliveryMode: 2,
      headers: {
        'x-notification-id': 'msg_1',
        'x-attempt': 2,
        'x-reason': 'attempt_in_progress',
        'x-error-code': '131026',
        'x-original-routing-key': 'notifications.dispatch',
        'x-correlation-id': 'corr-1',
        traceparent: '00-1-2-01',
      },
    });
    expect(JSON.parse(message?.content.toString() ?? '')).toEqual({
      notificationId: 'msg_1',
      attempt: 2,
      repeat: false,
    });
  });

  it('brings a retry that falls due past a backlog of first attempts, where the broker knows how (from 4 on)', async () => {
    const { admin, queue } = parts;
    const backlog = Array.from({ length: 20 }, (_, n) => `msg_first_${n}`);
    for (const notificationId of backlog) await queue.enqueue({ ...envelope, notificationId, attempt: 1 });
    await queue.retryLater(envelope, retryDelayMs, { reason: 'provider_error' });
    const lane = laneQueue('normal');
    await eventually(async () => (await admin.ready(lane)) === backlog.length + 1, { message: 'it is due' });
    const order: string[] = [];
    for (let next = await admin.take(lane); next; next = await admin.take(lane))
      order.push(envelopeIn(asDelivery(lane, next)).notificationId);
    const [major = 0] = admin.connection.connection.serverProperties.version.split('.').map(Number);
    expect(order.indexOf(envelope.notificationId)).toBeLessThanOrEqual(major >= 4 ? 2 : backlog.length);
    expect(order.filter((id) => id !== envelope.notificationId)).toEqual(backlog);
  });

  it('refuses a delay for which there is no queue', async () => {
    const asked = parts.queue.retryLater(envelope, 12_345, { reason: 'provider_error' });
    await expect(asked).rejects.toMatchObject({ code: 'publish_returned' });
  });

  it('brings commands from the api through the internal exchange as they were given', async () => {
    const { publisher } = parts.parts;
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const order = { id: 'cmd_1', command: { kind: 'wake_replays' }, by: 'asha', at: new Date(), traceparent } as const;
    await new RabbitmqCommandQueue({ publisher, route: byInternalExchange }).order(order);
    const message = await parts.admin.take(queues.commands);
    expect(message?.properties).toMatchObject({ messageId: 'cmd_1', headers: { 'x-reason': 'wake_replays' } });
    const delivery = asDelivery(queues.commands, message as GetMessage);
    expect(decodeCommand(delivery)).toEqual({ ok: true, envelope: order });
  });

  it('reaches the lanes from the api through the internal exchange, and nothing else', async () => {
    const ofTheApi = new RabbitmqDispatchQueue({ ...parts.parts, route: byInternalExchange });
    await ofTheApi.enqueue({ ...envelope, lane: 'bulk' });
    const message = await parts.admin.take(queues.dispatchBulk);
    expect(message?.fields).toMatchObject({ exchange: 'notifications.internal', routingKey: queues.dispatchBulk });
    await expect(ofTheApi.park(envelope, { reason: 'x' })).rejects.toBeInstanceOf(AppError);
  });
});

guardLeaks();
