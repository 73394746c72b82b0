import type { DispatchEnvelope } from '@earlybird/core';
import { guardLeaks, makeVhost, type TestVhost } from '@earlybird/testing';
import { headersOf, TestBroker } from '../../test/test-broker.js';
import { Broker } from '../connection/broker.js';
import { declareTopology } from '../topology/declare-topology.js';
import { applyTopology } from '../topology/apply-topology.js';
import { deferQueue, queues, retryQueue } from '../topology/names.js';
import { topologyOf } from '../topology/topology.js';
import { byQueueName } from './dispatch-route.js';
import { RabbitmqDispatchQueue } from './rabbitmq-dispatch-queue.js';
import { RabbitmqRetryQueues } from './rabbitmq-retry-queues.js';

/** As when exponential: one queue per delay. */
const retryDelaysMs = [300_000, 600_000] as const;
const deferDelayMs = 30_000;
const topology = topologyOf({ eventTypes: ['order.created'], retryDelaysMs, deferDelayMs });

describe('the retry queues', () => {
  let vhost: TestVhost;
  let admin: TestBroker;
  let broker: Broker;
  let queue: RabbitmqDispatchQueue;
  let retryQueues: RabbitmqRetryQueues;

  beforeAll(async () => {
    vhost = await makeVhost();
    const managementUrl = process.env['RABBITMQ_MANAGEMENT_URL'] ?? '';
    await applyTopology({ managementUrl, vhost: vhost.name, passwords: {}, topology });
    broker = new Broker({
      url: vhost.url,
      service: 'test',
      prepare: (connection) => declareTopology(connection, topology),
    });
    await broker.whenReady();
    admin = await TestBroker.open(vhost.url);
    const { publisher, connection } = broker;
    queue = new RabbitmqDispatchQueue({ publisher, connection, route: byQueueName, deferDelayMs });
    retryQueues = new RabbitmqRetryQueues({ publisher, connection, queue, name: 'test', retryDelaysMs });
  });
  afterAll(async () => {
    await admin.close();
    await broker.close();
    await vhost.remove();
  });

  const envelope = (notificationId: string, lane: 'normal' | 'bulk' = 'normal'): DispatchEnvelope => ({
    notificationId,
    attempt: 2,
    lane,
    repeat: false,
    correlationId: 'corr-1',
  });
  const story = { reason: 'provider_error', nextAttemptAt: new Date() };

  it('give what waits to its lane, of every delay and both lanes, told before; what is deferred stays', async () => {
    await queue.retryLater(envelope('msg_1'), 300_000, story);
    await queue.retryLater(envelope('msg_2'), 600_000, story);
    await queue.retryLater(envelope('msg_3', 'bulk'), 300_000, story);
    await queue.defer(envelope('msg_4'), story);
    const told: string[] = [];
    const released = await retryQueues.release(async (envelopes) => {
      told.push(...envelopes.map(({ notificationId }) => notificationId));
      // Of the bulk lane only what is told now was waiting; the queues are walked through side by side.
      if (envelopes.some(({ lane }) => lane === 'bulk')) expect(await admin.ready(queues.dispatchBulk)).toBe(0);
    });
    expect([released, told.sort()]).toEqual([3, ['msg_1', 'msg_2', 'msg_3']]);
    expect([await admin.ready(queues.dispatch), await admin.ready(queues.dispatchBulk)]).toEqual([2, 1]);
    expect(await admin.ready(deferQueue(queues.dispatch, deferDelayMs))).toBe(1);
    const message = await admin.take(queues.dispatchBulk);
    expect(headersOf(message)).toEqual({
      'x-notification-id': 'msg_3',
      'x-attempt': 2,
      'x-correlation-id': 'corr-1',
    });
    expect(JSON.parse(message?.content.toString() ?? '')).toEqual({
      notificationId: 'msg_3',
      attempt: 2,
      repeat: false,
    });
  });

  it('set aside what is no envelope of ours', async () => {
    await admin.fill(retryQueue(queues.dispatch, 300_000), 1);
    expect(await retryQueues.release(() => Promise.resolve())).toBe(0);
    const message = await admin.take(queues.dispatchDead);
    expect(message?.properties.headers).toMatchObject({ 'x-reason': 'unreadable' });
  });

  it('keep what waits when its release cannot be recorded', async () => {
    await queue.retryLater(envelope('msg_5'), 300_000, story);
    await expect(retryQueues.release(() => Promise.reject(new Error('no record')))).rejects.toThrow('no record');
    expect(await retryQueues.release(() => Promise.resolve())).toBe(1);
  });
});

guardLeaks();
