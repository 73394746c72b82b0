import type { DeadLetter, Fate } from '@earlybird/core';
import { eventually, guardLeaks, makeVhost, type TestVhost } from '@earlybird/testing';
import { headersOf, TestBroker } from '../../test/test-broker.js';
import { Broker } from '../connection/broker.js';
import { declareTopology } from '../topology/declare-topology.js';
import { applyTopology } from '../topology/apply-topology.js';
import { queues } from '../topology/names.js';
import { topologyOf } from '../topology/topology.js';
import { RabbitmqDeadLetterQueues } from './rabbitmq-dead-letter-queues.js';
import { RabbitmqParkedEnvelopes } from './rabbitmq-parked-envelopes.js';

const topology = topologyOf({ eventTypes: ['order.created'], retryDelaysMs: [300_000], deferDelayMs: 30_000 });
/** Two failures, so that a test need not make twenty. */
const quickPoison = {
  pattern: '^notifications\\.(events|dispatch|dispatch\\.bulk|receipts|commands)$',
  'apply-to': 'queues',
  priority: 10,
  definition: { 'delivery-limit': 2 },
};

describe('the dead-letter queues', () => {
  let vhost: TestVhost;
  let admin: TestBroker;
  let broker: Broker;
  let lying: RabbitmqDeadLetterQueues;

  beforeAll(async () => {
    vhost = await makeVhost();
    await applyTopology({
      managementUrl: process.env['RABBITMQ_MANAGEMENT_URL'] ?? '',
      vhost: vhost.name,
      passwords: {},
      topology,
    });
    await vhost.manage('PUT', 'policies/{vhost}/quick-poison', quickPoison);
    broker = new Broker({
      url: vhost.url,
      service: 'test',
      prepare: (connection) => declareTopology(connection, topology),
    });
    await broker.whenReady();
    admin = await TestBroker.open(vhost.url);
    lying = new RabbitmqDeadLetterQueues({ connection: broker.connection, publisher: broker.publisher, name: 'test' });
  });
  afterAll(async () => {
    await admin.close();
    await broker.close();
    await vhost.remove();
  });
  afterEach(async () => {
    for (const queue of [queues.dispatchDead, queues.eventsDead, queues.receiptsDead])
      await admin.channel.purgeQueue(queue);
  });

  it('tells what the broker gave up from what we set aside, once', async () => {
    await poison(queues.dispatchBulk, { notificationId: 'msg_1', attempt: 2, repeat: false });
    expect(await walk(() => ({ reason: 'poison' }))).toEqual([
      { kind: 'dispatch', queue: queues.dispatchBulk, byBroker: true, notificationId: 'msg_1', attempt: 2 },
    ]);
    expect(await walk(() => 'keep')).toMatchObject([{ kind: 'dispatch', byBroker: false, notificationId: 'msg_1' }]);
    const message = await admin.take(queues.dispatchDead);
    expect(headersOf(message)).toEqual({
      'x-notification-id': 'msg_1',
      'x-attempt': 2,
      'x-reason': 'poison',
      'x-detail': expect.stringContaining('notifications.dispatch.bulk') as unknown,
      'x-original-routing-key': 'notifications.dispatch.bulk',
      'x-first-failed-at': expect.stringMatching(/^\d{4}-/) as unknown,
    });
  });

  it('names the publisher of an event as the broker vouches for it, whatever its headers claim', async () => {
    const body = { type: 'order.created', id: 'evt_1' };
    const { username } = new URL(vhost.url);
    admin.channel.publish('domain.events', 'order.created', Buffer.from(JSON.stringify(body)), {
      userId: username,
      headers: { 'x-publisher': 'somebody else', 'x-original-routing-key': 'billing.bill_issued' },
    });
    await admin.channel.waitForConfirms();
    await refuse(queues.events);
    const [letter] = await walk(() => ({ reason: 'poison' }));
    expect(letter).toMatchObject({
      kind: 'event',
      byBroker: true,
      queue: queues.events,
      parked: { reason: 'poison', publisher: username, routingKey: 'order.created' },
    });
    const [again] = await walk(() => 'keep');
    expect(again).toMatchObject({ byBroker: false, parked: { reason: 'poison', publisher: username } });
    if (letter?.kind !== 'event' || again?.kind !== 'event') throw new Error('no event');
    expect(again.parked.id).toBe(letter.parked.id);
    const { connection, publisher } = broker;
    const envelopes = new RabbitmqParkedEnvelopes({ connection, publisher, name: 'test' });
    expect(await envelopes.drop(new Set(['nobody', letter.parked.id]))).toBe(1);
    expect(await admin.ready(queues.eventsDead)).toBe(0);
  });

  it('knows commands and receipts', async () => {
    await poison(queues.commands, { id: 'cmd_1', command: { kind: 'wake_replays' }, by: 'asha', at: new Date() });
    await poison(queues.receipts, { providerMessageId: 'wamid-1' });
    expect(await walk(() => 'drop')).toEqual([
      { kind: 'command', queue: queues.commands, byBroker: true, commandId: 'cmd_1' },
      { kind: 'other', queue: queues.receipts, byBroker: true },
    ]);
    expect(await walk(() => 'keep')).toEqual([]);
  });

  it('keep what is kept and lose what is dropped', async () => {
    await admin.fill(queues.dispatchDead, 70, { 'x-reason': 'attempts_exhausted' });
    let looked = 0;
    await walk(() => {
      looked += 1;
      return looked % 7 === 0 ? 'drop' : 'keep';
    });
    expect(looked).toBe(70);
    await eventually(async () => (await admin.ready(queues.dispatchDead)) === 60, { message: 'sixty are left' });
    const message = await admin.take(queues.dispatchDead);
    expect(headersOf(message)).toEqual({ 'x-reason': 'attempts_exhausted' });
  });

  async function walk(fate: () => Fate): Promise<readonly DeadLetter[]> {
    const met: DeadLetter[] = [];
    await lying.walk(async (letters) => {
      met.push(...letters);
      return letters.map(fate);
    });
    return met;
  }

  /** Puts an envelope of ours into a queue and returns it until the broker gives it up. */
  async function poison(queue: string, body: unknown): Promise<void> {
    admin.channel.sendToQueue(queue, Buffer.from(JSON.stringify(body)), { persistent: true });
    await admin.channel.waitForConfirms();
    await refuse(queue);
  }

  async function refuse(queue: string): Promise<void> {
    const dead =
      queue === queues.events
        ? queues.eventsDead
        : queue === queues.receipts
          ? queues.receiptsDead
          : queues.dispatchDead;
    const before = await admin.ready(dead);
    await eventually(
      async () => {
        const message = await admin.channel.get(queue);
        if (message !== false) admin.channel.reject(message, true);
        return (await admin.ready(dead)) > before;
      },
      { message: `the broker gives up what lies in ${queue}` },
    );
  }
});

guardLeaks();
