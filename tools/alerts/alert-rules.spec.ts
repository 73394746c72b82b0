import { metricDefinitions, type MetricDefinition, Metrics } from '@earlybird/ops';
import { alertCommands } from './alert-commands.js';
import { alertRules } from './alert-rules.js';
import { type Expression, holds, parseExpression, type Sample, selectorsOf } from './evaluate.js';
import { parseExposition } from './parse-exposition.js';

/** What a worker or api does to its metrics when all is well, and what brings each alert about. */
type Deed = (metrics: Metrics) => void;

const depth =
  (queue: string): Deed =>
  (metrics) =>
    metrics.set('broker_queue_depth', { queue }, 1);
const oldest =
  (status: string, seconds: number): Deed =>
  (metrics) =>
    metrics.set('notification_oldest_seconds', { status }, seconds);
const down =
  (check: string): Deed =>
  (metrics) =>
    metrics.set('dependency_up', { check }, 0);
const attempts =
  (accepted: number, refused: number): Deed =>
  (metrics) => {
    metrics.count('notification_attempts_total', { outcome: 'accepted' }, accepted);
    metrics.count('notification_attempts_total', { outcome: 'refused' }, refused);
  };
const sent =
  (fast: number, slow: number): Deed =>
  (metrics) => {
    for (let n = 0; n < fast; n += 1) metrics.observe('notification_sent_seconds', {}, 0.2);
    for (let n = 0; n < slow; n += 1) metrics.observe('notification_sent_seconds', {}, 300);
  };

const well: Deed = (metrics) => {
  metrics.set('provider_breaker_state', {}, 0);
  for (const check of ['rabbitmq', 'mongodb', 'topology', 'provider']) metrics.set('dependency_up', { check }, 1);
  for (const queue of ['notifications.dispatch', 'notifications.receipts'])
    metrics.set('broker_consuming', { queue }, 1);
  for (const queue of ['notifications.dispatch.dlq', 'notifications.events.dlq', 'domain.events.unrouted'])
    metrics.set('broker_queue_depth', { queue }, 0);
  for (const status of ['queued', 'retrying', 'unknown']) oldest(status, 10)(metrics);
  metrics.count('broker_publishes_total', { result: 'confirmed' }, 1_000);
  metrics.observe('http_request_seconds', { method: 'GET', route: '/history', status: '200' }, 0.01);
  // What a worker does at its start; metrics.e2e.ts looks at a real one.
  metrics.count('notification_poison_total', { queue: 'notifications.dispatch' }, 0);
  attempts(95, 5)(metrics);
  sent(95, 5)(metrics);
};

const firing: Readonly<Record<string, readonly [app: 'worker' | 'api', deed: Deed]>> = {
  SendingHalted: ['worker', (metrics) => metrics.set('provider_breaker_state', {}, 2)],
  QueuedTooLong: ['worker', oldest('queued', 901)],
  RetryingTooLong: ['worker', oldest('retrying', 7_201)],
  UnknownTooLong: ['worker', oldest('unknown', 86_401)],
  NotificationsParked: ['worker', depth('notifications.dispatch.dlq')],
  EventsParked: ['worker', depth('notifications.events.dlq')],
  ReceiptsParked: ['worker', depth('notifications.receipts.dlq')],
  EventsUnrouted: ['worker', depth('domain.events.unrouted')],
  BrokerAway: ['worker', down('rabbitmq')],
  TopologyWrong: ['worker', down('topology')],
  DatabaseAway: ['api', down('mongodb')],
  ConsumingPaused: ['worker', (metrics) => metrics.set('broker_consuming', { queue: 'notifications.dispatch' }, 0)],
  EnvelopesLost: ['worker', (metrics) => metrics.count('notification_sweeps_total', { status: 'queued' }, 11)],
  PoisonEnvelope: [
    'worker',
    (metrics) => metrics.count('notification_poison_total', { queue: 'notifications.dispatch' }),
  ],
  AttemptsAbandoned: [
    'worker',
    (metrics) => metrics.count('notification_attempt_failures_total', { outcome: 'unknown', reason: 'lease_over' }),
  ],
  StrangeEnvelopes: ['worker', (metrics) => metrics.count('notification_missing_total', {})],
  PublishingFails: ['worker', (metrics) => metrics.count('broker_publishes_total', { result: 'returned' }, 11)],
  TemplateRefused: [
    'worker',
    (metrics) => metrics.count('notification_templates_refused_total', { message_type: 'new_product' }),
  ],
  ManyRefused: ['worker', attempts(0, 50)],
  SlowToSend: ['worker', sent(0, 20)],
  WebhookRefused: ['api', (metrics) => metrics.count('webhook_refusals_total', { reason: 'credentials_wrong' }, 11)],
  ApiFails: ['api', (metrics) => metrics.count('http_failures_total', {}, 11)],
};

describe('an alert', () => {
  it.each(alertRules)('$name names metrics and labels that exist, and a command that a test runs', (rule) => {
    for (const { metric, labels, by } of selectorsOf(parseExpression(rule.expression))) {
      const name = metric.replace(/_(bucket|count|sum)$/, '');
      const definitions: Readonly<Record<string, MetricDefinition>> = metricDefinitions;
      const definition = definitions[name] ?? definitions[metric];
      expect([metric, definition?.type]).toEqual([metric, expect.any(String)]);
      const known = [...(definition?.labels ?? []), ...(definition?.type === 'histogram' ? ['le'] : [])];
      for (const label of [...labels.map((one) => one.name), ...by]) expect(known).toContain(label);
    }
    expect(Object.values(alertCommands)).toContain(rule.command);
    for (const sentence of [rule.summary, rule.meaning, rule.look, rule.then]) expect(sentence).toMatch(/[.?]$/);
  });

  it.each(alertRules)('$name is silent while all is well, and fires when it should', async ({ name, expression }) => {
    const parsed = parseExpression(expression);
    if (name === 'NoWorker') {
      expect(holds(parsed, { before: [], after: [] })).toBe(true);
      return expect(await fires(parsed, 'worker', () => undefined)).toBe(false);
    }
    const [app, deed] = firing[name] ?? [];
    if (app === undefined || deed === undefined) throw new Error(`nothing brings ${name} about`);
    expect(await fires(parsed, app, () => undefined)).toBe(false);
    expect(await fires(parsed, app, deed)).toBe(true);
  });

  it('has a name of its own, and nothing is brought about that no alert sees', () => {
    const names = alertRules.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(Object.keys(firing).toSorted()).toEqual(names.filter((name) => name !== 'NoWorker').toSorted());
  });

  it.each(['vector(1)', 'max(up) >= 1', 'sum(rate(x[5m])) > 1', 'max(x{a~"b"}) > 1'])(
    'is written in the subset that the test can judge: %s is not',
    (text) => {
      expect(() => parseExpression(text)).toThrow('subset of PromQL');
    },
  );
});

/** Scrapes a well process, lets it do the deed, and scrapes it again. */
async function fires(expression: Expression, app: 'worker' | 'api', deed: Deed): Promise<boolean> {
  const metrics = new Metrics(app, { withNode: false });
  well(metrics);
  const before = await samplesOf(metrics);
  if (expression.kind === 'compared' && expression.terms.length === 2) well(metrics);
  deed(metrics);
  return holds(expression, { before, after: await samplesOf(metrics) });
}

const samplesOf = async (metrics: Metrics): Promise<readonly Sample[]> =>
  parseExposition((await metrics.expose()).body);
