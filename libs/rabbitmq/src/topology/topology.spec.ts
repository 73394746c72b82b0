import { accountsOf } from './accounts.js';
import { describeTopology } from './describe-topology.js';
import { topologyOf } from './topology.js';

const topology = topologyOf({
  eventTypes: ['order.created', 'product.launched'],
  retryDelaysMs: [300_000, 600_000, 1_200_000],
  deferDelayMs: 30_000,
});
const named = (name: string) => topology.queues.find((queue) => queue.name === name);
const target = (name: string): unknown => named(name)?.arguments['x-dead-letter-routing-key'];

describe('the topology', () => {
  it('has exactly the exchanges and queues of the design', () => {
    expect(topology.exchanges.map(({ name, type }) => `${type} ${name}`)).toEqual([
      'topic domain.events',
      'fanout domain.events.unrouted',
      'direct notifications.internal',
      'topic notifications.outcomes',
    ]);
    expect(topology.queues.map(({ name }) => name).sort()).toEqual(
      [
        'domain.events.unrouted',
        'notifications.commands',
        'notifications.dispatch',
        'notifications.dispatch.bulk',
        'notifications.dispatch.bulk.defer.30s',
        'notifications.dispatch.bulk.retry.10m',
        'notifications.dispatch.bulk.retry.20m',
        'notifications.dispatch.bulk.retry.5m',
        'notifications.dispatch.defer.30s',
        'notifications.dispatch.dlq',
        'notifications.dispatch.retry.10m',
        'notifications.dispatch.retry.20m',
        'notifications.dispatch.retry.5m',
        'notifications.events',
        'notifications.events.dlq',
        'notifications.events.retry.1m',
        'notifications.receipts',
        'notifications.receipts.dlq',
        'notifications.receipts.retry.5s',
      ].sort(),
    );
  });

  it('gives the dispatch queue and its delay queue the arguments of the design', () => {
    expect(named('notifications.dispatch')?.arguments).toEqual({
      'x-queue-type': 'quorum',
      'x-dead-letter-exchange': '',
      'x-dead-letter-routing-key': 'notifications.dispatch.dlq',
      'x-dead-letter-strategy': 'at-least-once',
      'x-overflow': 'reject-publish',
      'x-delivery-limit': 20,
    });
    expect(named('notifications.dispatch.retry.5m')?.arguments).toEqual({
      'x-queue-type': 'quorum',
      'x-message-ttl': 300_000,
      'x-dead-letter-exchange': '',
      'x-dead-letter-routing-key': 'notifications.dispatch',
      'x-dead-letter-strategy': 'at-least-once',
      'x-overflow': 'reject-publish',
    });
  });

  it('replicates every queue, and falls back nowhere to at-most-once', () => {
    for (const { arguments: its } of topology.queues) {
      expect(its['x-queue-type']).toBe('quorum');
      if (!('x-dead-letter-exchange' in its)) continue;
      expect(its).toMatchObject({ 'x-dead-letter-strategy': 'at-least-once', 'x-overflow': 'reject-publish' });
    }
  });

  it('dead-letters work only to a dead-letter queue, never to a delay queue: that cycle deletes', () => {
    for (const { name, kind } of topology.queues.filter((queue) => queue.kind === 'work')) {
      expect([name, kind, named(String(target(name)))?.kind]).toEqual([name, 'work', 'dead-letter']);
    }
  });

  it('releases every delay queue into the work queue of its name', () => {
    const delays = topology.queues.filter(({ kind }) => kind === 'delay');
    expect(delays).toHaveLength(10);
    for (const { name } of delays) {
      expect(target(name)).toBe(name.replace(/\.(retry|defer)\.\w+$/, ''));
      expect(named(String(target(name)))?.kind).toBe('work');
    }
  });

  it('binds exactly the event types that have a rule', () => {
    const bound = topology.bindings.filter(({ exchange }) => exchange === 'domain.events');
    expect(bound.map(({ queue, routingKey }) => [queue, routingKey])).toEqual([
      ['notifications.events', 'order.created'],
      ['notifications.events', 'product.launched'],
    ]);
  });

  it('lets the internal exchange reach the lanes, receipts and commands', () => {
    const bound = topology.bindings.filter(({ exchange }) => exchange === 'notifications.internal');
    expect(bound.map(({ queue, routingKey }) => queue === routingKey && queue)).toEqual([
      'notifications.dispatch',
      'notifications.dispatch.bulk',
      'notifications.receipts',
      'notifications.commands',
    ]);
  });

  it('applies at most one policy to a queue, and that to the queues it is meant for', () => {
    const applied = topology.queues.map(({ name, kind }) => ({
      kind,
      policies: topology.policies.filter(({ pattern }) => new RegExp(pattern).test(name)).map((policy) => policy.name),
    }));
    const expected = {
      work: ['notifications-work'],
      'dead-letter': ['notifications-dead-letters'],
      'catch-all': ['unrouted-events'],
      delay: [],
    };
    for (const { kind, policies } of applied) expect([kind, policies]).toEqual([kind, expected[kind]]);
  });

  it('says of everything in a sentence what it is for', () => {
    const { exchanges, queues, bindings, policies } = topology;
    for (const { sentence } of [...exchanges, ...queues, ...bindings, ...policies, ...accountsOf(topology)])
      expect(sentence).toMatch(/^[A-Z].*\.$/);
  });

  it('can be printed whole', () => {
    const page = describeTopology(topology);
    for (const { name } of [...topology.exchanges, ...topology.queues, ...accountsOf(topology)])
      expect(page).toContain(`| ${name} |`);
  });
});

describe('the accounts', () => {
  const accounts = accountsOf(topology);
  const may = (name: string, right: 'configure' | 'write' | 'read', what: string): boolean =>
    new RegExp(accounts.find((account) => account.name === name)?.[right] ?? '$^').test(what);
  const mayPublish = (name: string, key: string): boolean =>
    new RegExp(accounts.find((account) => account.name === name)?.topics?.write ?? '').test(key);

  it.each([
    ['svc-order', 'order.created', true],
    ['svc-order', 'product.launched', true],
    ['svc-order', 'billing.bill_issued', false],
    ['svc-order', 'reorder.created', false],
    ['svc-subscription', 'customer.churn_risk_detected', true],
    ['svc-subscription', 'order.created', false],
    ['svc-delivery', 'delivery.completed', true],
    ['svc-delivery', 'deliveryx.completed', false],
    ['svc-billing', 'billing.payment_received', true],
    ['svc-notifications-worker', 'order.created', false],
  ])('%s publishes %s: %s', (name, key, allowed) => {
    expect(mayPublish(name, key)).toBe(allowed);
  });

  it.each([
    ['svc-order', 'write', 'domain.events', true],
    ['svc-order', 'write', 'notifications.dispatch', false],
    ['svc-order', 'write', 'amq.default', false],
    ['svc-order', 'read', 'notifications.events', false],
    ['svc-order', 'configure', 'anything', false],
    ['svc-notifications-api', 'write', 'notifications.internal', true],
    ['svc-notifications-api', 'write', 'amq.default', false],
    ['svc-notifications-api', 'write', 'domain.events', false],
    ['svc-notifications-api', 'read', 'notifications.dispatch.dlq', false],
    ['svc-notifications-worker', 'configure', 'notifications.dispatch', true],
    ['svc-notifications-worker', 'configure', 'domain.events', false],
    ['svc-notifications-worker', 'write', 'amq.default', true],
    ['svc-notifications-worker', 'write', 'domain.events', false],
    ['svc-notifications-worker', 'read', 'domain.events', true],
    ['operators', 'read', 'notifications.dispatch.dlq', true],
    ['operators', 'read', 'notifications.dispatch', false],
    ['operators', 'write', 'notifications.dispatch', false],
  ] as const)('%s may %s %s: %s', (name, right, what, allowed) => {
    expect(may(name, right, what)).toBe(allowed);
  });

  it('lets the worker bind the event types of the table and no other', () => {
    const read = new RegExp(accounts.find(({ name }) => name === 'svc-notifications-worker')?.topics?.read ?? '');
    expect(
      ['order.created', 'product.launched', 'billing.bill_issued', 'orderXcreated', '#'].map((key) => read.test(key)),
    ).toEqual([true, true, false, false, false]);
  });
});
