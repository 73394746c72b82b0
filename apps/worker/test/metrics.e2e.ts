import { sampleEvent } from '@earlybird/events';
import { type MetricDefinition, metricDefinitions } from '@earlybird/ops';
import { queues } from '@earlybird/rabbitmq';
import { eventually, guardLeaks, httpCall, type RunningSystem, startSystem } from '@earlybird/testing';
import { alertRules } from '../../../tools/alerts/alert-rules.js';
import { type Expression, matching, parseExpression, type Selector } from '../../../tools/alerts/evaluate.js';
import { parseExposition } from '../../../tools/alerts/parse-exposition.js';
import { scrape, valueOf } from './support/scrape.js';

/** What a short run cannot bring about; metric-reporter.spec.ts fires each of these by its happening, reading.spec.ts of the api its failures. */
const firedElsewhere = [
  'database_waits_total',
  'http_failures_total',
  'notification_late_answers_total',
  'notification_missing_total',
  'notification_poison_total',
  'notification_postponed_total',
  'notification_sweeps_total',
  'notification_templates_refused_total',
  'notification_unwritten_answers_total',
  'replays_total',
];

describe('the metrics of a running system', () => {
  let system: RunningSystem;
  beforeAll(async () => {
    system = await startSystem({ api: true });
  }, 60_000);
  afterAll(() => system.stop());

  const worker = () => scrape(system.workers[0]);
  const api = () => scrape(system.api);
  const shows = (series: string, value: number) =>
    eventually(async () => valueOf(await worker(), series) === value, {
      withinMs: 30_000,
      message: `the worker shows ${series} ${value}`,
    });

  it('have from the start every series whose rise an alert watches: Prometheus sees no rise in what a series begins with', async () => {
    const samples = [...(await worker()), ...(await api())].flatMap((line) => parseExposition(line));
    const watched = alertRules.flatMap(({ expression }) => risingIn(parseExpression(expression)));
    expect(watched.length).toBeGreaterThan(10);
    const missing = watched.filter((selector) => matching(samples, selector).length === 0);
    expect(missing).toEqual([]);
    const poisonable = samples.filter(({ name }) => name === 'notification_poison_total');
    expect(poisonable.map(({ labels }) => labels['queue'])).toEqual([
      queues.events,
      queues.dispatch,
      queues.dispatchBulk,
      queues.receipts,
      queues.commands,
    ]);
  });

  it('tell of an event from its time to the receipt of its message', async () => {
    await tell('good', '+919876500001');
    await shows('notification_events_total{event_type="order.created",result="accepted"}', 1);
    await shows('notification_receipts_total{status="read",result="applied"}', 1);
    const lines = await worker();
    expect(valueOf(lines, 'notification_accepted_seconds_count')).toBe(1);
    expect(valueOf(lines, 'notification_sent_seconds_count')).toBe(1);
    expect(valueOf(lines, 'notification_attempts_total{outcome="accepted"}')).toBe(1);
    expect(valueOf(lines, `broker_envelopes_total{queue="${queues.events}",settled="acked"}`)).toBe(1);
    expect(valueOf(lines, 'broker_publishes_total{result="confirmed"}')).toBeGreaterThanOrEqual(1);
    expect(valueOf(lines, 'provider_rate_share')).toBeGreaterThan(0);
    expect(valueOf(lines, 'provider_breaker_state')).toBe(0);
    await tell('good', '+919876500001');
    await shows('notification_events_total{event_type="order.created",result="duplicate"}', 1);
  });

  it('tell how much waits for a person, and for how long', async () => {
    const failing = { fault: 'error', code: '131000', status: 500, recipients: ['+919876511111'] };
    await system.callSimulator('PUT', '/faults', failing);
    await tell('exhausted', '+919876511111');
    await system.publishRaw('svc-order', [{ routingKey: 'order.created', body: 'no event' }]);
    await system.publishRaw('svc-order', [{ routingKey: 'order.eaten', body: 'nobody listens' }]);
    await shows('notification_events_parked_total{reason="unreadable"}', 1);
    await shows('notification_parked_total{reason="attempts_exhausted"}', 1);
    await shows(`broker_queue_depth{queue="${queues.eventsDead}"}`, 1);
    await shows(`broker_queue_depth{queue="${queues.dispatchDead}"}`, 1);
    await shows(`broker_queue_depth{queue="${queues.unrouted}"}`, 1);
    const log = system.record.collection<{ _id: string; status: string; createdAt: Date }>('notifications_log');
    await log.insertOne({ _id: 'msg_old', status: 'unknown', createdAt: new Date(Date.now() - 3_600_000) });
    await shows('notifications{status="unknown"}', 1);
    expect(valueOf(await worker(), 'notification_oldest_seconds{status="unknown"}')).toBeGreaterThan(3_599);
  });

  it('tell of envelopes that were handled twice, and of connections that stand again', async () => {
    const done = await eventually(async () => (await system.record.notifications({ status: 'read' }))[0], {
      message: 'one was read',
    });
    const envelope = JSON.stringify({ notificationId: done._id, attempt: 1, repeat: false });
    await system.vhost.manage('POST', 'exchanges/{vhost}/amq.default/publish', {
      routing_key: queues.dispatch,
      payload: envelope,
      payload_encoding: 'string',
      properties: {},
    });
    await shows('notification_duplicates_total{kind="done"}', 1);
    await system.vhost.closeConnections();
    await shows('broker_reconnects_total{purpose="consume"}', 1);
  });

  it('tell on the api who asked for what, and who was refused', async () => {
    const body = { phone: '+919876500002', message_type: 'pause_confirmation', context: { customer_name: 'A' } };
    await eventually(async () => (await system.callApi('POST', '/send-message', body)).status < 300, {
      message: 'the api sends again',
    });
    await httpCall('POST', `${system.apiUrl}/api/notifications/webhooks/myoperator`, {}, { 'x-api-key': 'wrong' });
    expect((await system.callApi('POST', '/process-queue', {})).status).toBe(200);
    const lines = await api();
    expect(valueOf(lines, 'notification_requests_total{message_type="pause_confirmation"}')).toBeGreaterThan(0);
    expect(valueOf(lines, 'webhook_refusals_total{reason="credentials_wrong"}')).toBe(1);
    expect(lines.some((line) => line.startsWith('http_request_seconds_count{'))).toBe(true);
  });

  it('are all there: every metric of the registry was fired by now, or is by a test of its own', async () => {
    const lines = [...(await worker()), ...(await api())].filter((line) => !line.startsWith('#'));
    const fired = (name: string, { type }: MetricDefinition): boolean =>
      lines.some((line) => {
        const series = type === 'histogram' ? `${name}_count` : name;
        const isOne = line.startsWith(`${series}{`) || line.startsWith(`${series} `);
        return isOne && (type === 'gauge' || !line.endsWith(' 0'));
      });
    const silent = Object.entries(metricDefinitions)
      .filter(([name, definition]) => !fired(name, definition))
      .map(([name]) => name);
    expect(silent.toSorted()).toEqual(firedElsewhere);
  });

  async function tell(id: string, phone: string): Promise<void> {
    await system.publishers.publish(sampleEvent('order.created', { id, time: new Date(), customer: { phone } }));
  }
});

/** What an expression asks for the increase of. */
const risingIn = (expression: Expression): readonly Selector[] =>
  expression.kind === 'absent'
    ? []
    : expression.terms.filter(({ increase }) => increase).map(({ selector }) => selector);

guardLeaks();
