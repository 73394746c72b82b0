import { type Happening } from '@earlybird/core';
import { metricDefinitions, type MetricDefinition } from './metric-definitions.js';
import { MetricReporter } from './metric-reporter.js';
import { Metrics } from './metrics.js';
import { showOpenNotifications } from './show-open-notifications.js';

const trail = { notificationId: 'msg_1', correlationId: 'c-1' };
const event = { ...trail, eventType: 'order.created', eventId: 'e-1', publisher: 'svc-order' };

async function exposed(fill: (metrics: Metrics) => void, app: 'worker' | 'api' = 'worker'): Promise<string[]> {
  const metrics = new Metrics(app, { withNode: false });
  fill(metrics);
  return (await metrics.expose()).body.split('\n');
}

const reported = (happening: Happening, app: 'worker' | 'api' = 'worker') =>
  exposed((metrics) => new MetricReporter(metrics).report(happening), app);

describe('the reporter to the metrics', () => {
  it.each<[string, Happening]>([
    [
      'notification_events_total{event_type="order.created",result="accepted"} 1',
      { ...event, kind: 'event_accepted', messageType: 'order_confirmation', status: 'queued', sinceEventMs: 1_500 },
    ],
    [
      'notification_accepted_seconds_sum 1.5',
      { ...event, kind: 'event_accepted', messageType: 'order_confirmation', status: 'queued', sinceEventMs: 1_500 },
    ],
    [
      'notification_status_changes_total{status="queued"} 1',
      { ...event, kind: 'event_accepted', messageType: 'order_confirmation', status: 'queued', sinceEventMs: 0 },
    ],
    [
      'notification_events_total{event_type="order.created",result="duplicate"} 1',
      { ...event, kind: 'event_duplicate', enqueuedAgain: false },
    ],
    [
      'notification_events_parked_total{reason="invalid_data"} 1',
      { kind: 'event_parked', reason: 'invalid_data', detail: '', routingKey: 'order.created', publisher: 'svc-order' },
    ],
    [
      'notification_status_changes_total{status="sending"} 1',
      { ...trail, kind: 'attempt_started', attempt: 1, lane: 'normal' },
    ],
    [
      'notification_late_answers_total{recorded="true"} 1',
      { ...trail, kind: 'late_answer', attempt: 1, recorded: true },
    ],
    ['notification_unwritten_answers_total 1', { ...trail, kind: 'answer_unwritten', attempt: 1, outcome: 'accepted' }],
    [
      'notification_duplicates_total{kind="done"} 1',
      { ...trail, kind: 'dispatch_duplicate', attempt: 1, status: 'sent' },
    ],
    [
      'notification_duplicates_total{kind="settled_again"} 1',
      { ...trail, kind: 'settled_again', attempt: 1, status: 'sent' },
    ],
    [
      'notification_postponed_total{reason="attempt_in_progress"} 1',
      { ...trail, kind: 'dispatch_postponed', attempt: 1, reason: 'attempt_in_progress' },
    ],
    [
      'notification_status_changes_total{status="expired"} 1',
      { ...trail, kind: 'status_changed', status: 'expired', reason: 'expired' },
    ],
    [
      'notification_parked_total{reason="attempts_exhausted"} 1',
      { ...trail, kind: 'notification_parked', attempt: 3, reason: 'attempts_exhausted' },
    ],
    ['notification_missing_total 1', { kind: 'notification_missing', notificationId: 'msg_1', attempt: 1 }],
    [
      'notification_receipts_total{status="read",result="applied"} 1',
      { kind: 'receipt_recorded', status: 'read', result: 'applied' },
    ],
    [
      'replays_total{result="stopped"} 1',
      { kind: 'replay_ended', replayId: 'replay_1', result: 'stopped', reason: 'too_many_failures', count: 20 },
    ],
    ['notification_sweeps_total{status="queued"} 1', { ...trail, kind: 'swept', status: 'queued', sweeps: 1 }],
    [
      'database_waits_total{step="finish attempt"} 1',
      { kind: 'waiting_for_database', step: 'finish attempt', waitMs: 1 },
    ],
    [
      'notification_poison_total{queue="notifications.dispatch"} 1',
      { kind: 'poison_adopted', queue: 'notifications.dispatch', reason: 'delivery_limit' },
    ],
    [
      'notification_templates_refused_total{message_type="churn_risk"} 1',
      {
        kind: 'template_held',
        messageType: 'churn_risk',
        template: 'churn_risk/en/1',
        reason: 'template_paused',
        waitMs: 1,
      },
    ],
    [
      'notification_templates_refused_total{message_type="churn_risk"} 1',
      {
        kind: 'template_disabled',
        messageType: 'churn_risk',
        template: 'churn_risk/en/1',
        reason: 'template_disabled',
      },
    ],
  ])('counts %s', async (line, happening) => {
    expect(await reported(happening)).toContain(line);
  });

  it('measures an accepted attempt from the event on', async () => {
    const lines = await reported({
      ...trail,
      kind: 'attempt_finished',
      attempt: 1,
      outcome: 'accepted',
      counted: true,
      status: 'sent',
      durationMs: 40,
      sinceCreatedMs: 90,
    });
    expect(lines).toEqual(
      expect.arrayContaining([
        'notification_attempts_total{outcome="accepted"} 1',
        'notification_sent_seconds_bucket{le="0.05"} 0',
        'notification_sent_seconds_bucket{le="0.1"} 1',
        'notification_attempt_seconds_bucket{le="0.05",outcome="accepted"} 1',
      ]),
    );
  });

  it('counts an attempt that failed by its reason, and not as sent', async () => {
    const lines = await reported({
      ...trail,
      kind: 'attempt_finished',
      attempt: 1,
      outcome: 'halted',
      counted: false,
      status: 'queued',
      durationMs: 1,
      sinceCreatedMs: 1,
      reason: 'connection_refused',
    });
    expect(lines).toContain('notification_attempt_failures_total{outcome="halted",reason="connection_refused"} 1');
    expect(lines).toContain('notification_sent_seconds_count 0');
  });

  it('lets nobody make up a label: an unknown routing key is "other"', async () => {
    const lines = await reported({
      kind: 'event_parked',
      reason: 'unknown_type',
      detail: '',
      routingKey: '+919876543210',
      publisher: 'x',
    });
    expect(lines).toContain('notification_events_total{event_type="other",result="parked"} 1');
    expect(lines.join()).not.toContain('9876543210');
  });

  it('counts a request of the api where the api shows it, and nowhere else', async () => {
    const happening: Happening = {
      ...trail,
      kind: 'notification_requested',
      messageType: 'new_product',
      client: 'admin',
      status: 'queued',
    };
    const line = 'notification_requests_total{message_type="new_product"} 1';
    expect(await reported(happening, 'api')).toContain(line);
    expect(await reported(happening, 'worker')).not.toContain(line);
  });
});

describe('the registry of metrics', () => {
  it.each(Object.entries<MetricDefinition>(metricDefinitions))(
    '%s has a sentence and a well-formed name',
    (name, metric) => {
      expect(metric.help).toMatch(/^[A-Z].+\.$/);
      expect(name).toMatch(/^[a-z_]+$/);
      expect(name.endsWith('_total')).toBe(metric.type === 'counter');
      expect(name.endsWith('_seconds') || metric.type !== 'histogram').toBe(true);
    },
  );

  it('shows zero for an open status that has no notifications', async () => {
    const now = new Date('2026-01-28T10:00:30Z');
    const lines = await exposed((metrics) => {
      showOpenNotifications(metrics, [{ status: 'queued', count: 9, oldestAt: new Date('2026-01-28T10:00:00Z') }], now);
      showOpenNotifications(
        metrics,
        [{ status: 'unknown', count: 2, oldestAt: new Date('2026-01-28T10:00:00Z') }],
        now,
      );
    });
    expect(lines).toEqual(
      expect.arrayContaining([
        'notifications{status="queued"} 0',
        'notification_oldest_seconds{status="queued"} 0',
        'notifications{status="unknown"} 2',
        'notification_oldest_seconds{status="unknown"} 30',
      ]),
    );
  });
});
