import { type DomainEvent, sampleEvent } from '@earlybird/events';
import { queues } from '@earlybird/rabbitmq';
import { eventually, guardLeaks, launchApp, type RunningSystem, startSystem } from '@earlybird/testing';

/** Published by the account, under the routing key; set aside for the reason, whose detail says what is wrong. */
interface BadInput {
  readonly what: string;
  readonly account: string;
  readonly routingKey: string;
  readonly body: string;
  readonly reason: string;
  readonly detail: RegExp;
}

function order(change: object = {}): string {
  return JSON.stringify({ ...sampleEvent('order.created', { id: 'bad-order', time: new Date() }), ...change });
}

const order1: DomainEvent = sampleEvent('order.created', { id: 'bad-data', time: new Date() });
const own = { account: 'svc-order', routingKey: 'order.created' } as const;

const badInputs: readonly BadInput[] = [
  { ...own, what: 'a body that is no JSON', body: '{"specversion": "1.0"', reason: 'unreadable', detail: /JSON/ },
  { ...own, what: 'bytes that are no text', body: '\u0000\u0001', reason: 'unreadable', detail: /JSON/ },
  { ...own, what: 'a list', body: '[1, 2]', reason: 'not_a_cloudevent', detail: /object/ },
  {
    ...own,
    what: 'JSON that is no CloudEvent',
    body: '{"order_id": "order_1"}',
    reason: 'not_a_cloudevent',
    detail: /specversion/,
  },
  { ...own, what: 'an unknown type', body: order({ type: 'order.eaten' }), reason: 'unknown_type', detail: /eaten/ },
  {
    ...own,
    what: 'data that fails its schema',
    body: JSON.stringify({ ...order1, data: { ...order1.data, total_amount: 'much', order_id: '' } }),
    reason: 'invalid_data',
    detail: /order_id.*total_amount|total_amount.*order_id/,
  },
  {
    what: 'an event of one service from the account of another',
    account: 'stranger',
    routingKey: 'order.created',
    body: order(),
    reason: 'identity_mismatch',
    detail: /does not belong to the AMQP user/,
  },
  {
    ...own,
    what: 'an event under the source of another service',
    body: order({ source: '/services/billing' }),
    reason: 'identity_mismatch',
    detail: /source/,
  },
  {
    what: 'an event under the routing key of another type',
    account: 'svc-order',
    routingKey: 'product.launched',
    body: order(),
    reason: 'identity_mismatch',
    detail: /routing key 'product.launched'/,
  },
  {
    ...own,
    what: 'an event from the future',
    body: order({ time: new Date(Date.now() + 3_600_000).toISOString() }),
    reason: 'identity_mismatch',
    detail: /ahead/,
  },
];

describe('bad input', () => {
  let system: RunningSystem;
  beforeAll(async () => {
    system = await startSystem();
    await system.accounts.introduce('stranger', 'svc-order');
  });
  afterAll(() => system.stop());

  it.each(badInputs)('is set aside at once with its story: $what', async (input) => {
    const { account, routingKey, body, reason, detail } = input;
    await system.publishRaw(account, [{ routingKey, body }]);
    // The worker looks through this queue when it starts, and has what lies there in its hands for a moment.
    const parked = await eventually(
      async () =>
        (await system.broker.peek(queues.eventsDead)).find(
          (envelope) => envelope.body === body && envelope.headers['x-original-routing-key'] === routingKey,
        ),
      { message: 'the envelope is set aside' },
    );
    expect(parked).toMatchObject({
      headers: {
        'x-reason': reason,
        'x-publisher': system.accounts.user(account),
        'x-original-routing-key': routingKey,
        'x-detail': expect.stringMatching(detail) as unknown,
      },
    });
    const recorded = await system.record.parkedEvents();
    expect(recorded).toContainEqual(
      expect.objectContaining({
        reason,
        routingKey,
        publisher: system.accounts.user(account),
        body: Buffer.from(body).toString('base64'),
        detail: expect.stringMatching(detail) as unknown,
      }),
    );
  });

  it('never becomes a notification, is never tried again, and does not stop the worker', async () => {
    const worker = system.workers[0];
    expect(await system.record.notifications()).toEqual([]);
    expect(await system.broker.depth(queues.events)).toBe(0);
    expect(worker?.crashes).toBe(0);
    expect(worker?.log('event_parked')).toHaveLength(badInputs.length);
    const event = sampleEvent('order.created', { id: 'good-after-bad', time: new Date() });
    await system.publishers.publish(event);
    await eventually(async () => (await system.record.notificationOf(event.id))?.status === 'sent', {
      message: 'a good event after the bad ones is sent',
    });
  });

  it('is counted for the publisher whose it is', async () => {
    const counts = await eventually(
      async () => {
        const found = await system.record
          .collection<{ publisher: string; result: string }>('publishers')
          .find({ publisher: system.accounts.user('stranger') })
          .toArray();
        return found.length > 0 && found;
      },
      { message: 'the figures of the stranger are written' },
    );
    expect(JSON.stringify(counts)).toContain('identity_mismatch');
  });
});

describe('a worker with wrong settings', () => {
  it('names every one of them, ends with 78, and connects to nobody', async () => {
    const worker = await launchApp({
      app: 'worker',
      env: {
        ENV_FILE: 'none',
        RABBITMQ_URL: 'http://not-amqp',
        NOTIFICATION_QUEUE_RETRY_ATTEMPTS: 'three',
        MYOPERATOR_API_KEY: 'key',
      },
    });
    expect(await worker.ended).toBe(78);
    const text = worker.output.join('\n');
    expect(text).toContain('worker cannot start: 6 settings are wrong.');
    for (const name of [
      'RABBITMQ_URL',
      'MONGO_URL',
      'NOTIFICATION_QUEUE_RETRY_ATTEMPTS',
      'MYOPERATOR_API_SECRET',
      'MYOPERATOR_ACCOUNT_ID',
      'MYOPERATOR_WHATSAPP_NUMBER',
    ])
      expect(text).toContain(name);
    expect(worker.log()).toEqual([]);
  });

  it.each(['api', 'storefront'])('as any other app: the %s', async (app) => {
    const process = await launchApp({ app, env: { ENV_FILE: 'none' } });
    expect(await process.ended).toBe(78);
    expect(process.output.join('\n')).toContain('MONGO_URL');
    expect(process.log()).toEqual([]);
  });
});

guardLeaks();
