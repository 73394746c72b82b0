import { type Happening } from '@earlybird/core';
import { SpanReporter } from './span-reporter.js';
import { noSpans, type OpenSpan, type SpanAttributes } from './spans.js';

function report(happening: Happening) {
  const notes: SpanAttributes[] = [];
  const told: [string, SpanAttributes][] = [];
  const failures: string[] = [];
  const links: string[] = [];
  const current: OpenSpan = {
    traceparent: undefined,
    rename: () => undefined,
    note: (attributes) => void notes.push(attributes),
    tell: (name, attributes) => void told.push([name, attributes]),
    link: (traceparent) => void links.push(traceparent),
    fail: (reason) => void failures.push(reason),
  };
  new SpanReporter({ ...noSpans, current }).report(happening);
  return { notes, told, links, failures };
}

const trail = { notificationId: 'msg_1', correlationId: 'cor_1', traceparent: '00-1-2-01' };
const finished = {
  kind: 'attempt_finished',
  ...trail,
  attempt: 2,
  counted: true,
  durationMs: 5,
  sinceCreatedMs: 9,
} as const;

describe('a span', () => {
  it('tells what happens in it, by the names of the domain', () => {
    const { notes, told, failures } = report({ ...finished, outcome: 'accepted', status: 'sent' });
    const attributes = {
      'notification.id': 'msg_1',
      'notification.correlation_id': 'cor_1',
      'notification.attempt': 2,
      'notification.outcome': 'accepted',
      'notification.counted': true,
      'notification.status': 'sent',
    };
    expect(notes).toEqual([attributes]);
    expect(told).toEqual([['attempt_finished', attributes]]);
    expect(failures).toEqual([]);
  });

  it.each<[string, Happening, readonly string[]]>([
    [
      'a deferred attempt',
      { ...finished, outcome: 'deferred', status: 'retrying', reason: 'provider_error' },
      ['provider_error'],
    ],
    ['an attempt without a reason', { ...finished, outcome: 'unknown', status: 'unknown' }, ['unknown']],
    [
      'a message that cannot be rendered',
      { kind: 'status_changed', ...trail, status: 'failed', reason: 'template_missing' },
      ['template_missing'],
    ],
    ['a wish not to be told', { kind: 'status_changed', ...trail, status: 'suppressed', reason: 'opted_out' }, []],
    ['a wait', { kind: 'dispatch_postponed', ...trail, attempt: 1, reason: 'throttled' }, []],
    [
      'a parked notification',
      { kind: 'notification_parked', ...trail, attempt: 3, reason: 'attempts_exhausted' },
      ['attempts_exhausted'],
    ],
    [
      'an envelope without a notification',
      { kind: 'notification_missing', notificationId: 'msg_1', attempt: 1 },
      ['notification_missing'],
    ],
  ])('of %s fails as it should', (_, happening, failures) => {
    expect(report(happening).failures).toEqual(failures);
  });

  it('says of a parked event why, but not in the words that may quote it', () => {
    const detail = 'customer.phone: +919876543210 is no number';
    const { notes, failures } = report({
      kind: 'event_parked',
      reason: 'invalid_data',
      detail,
      routingKey: 'x',
      publisher: 'svc',
    });
    expect(JSON.stringify(notes)).not.toContain('is no number');
    expect(failures).toEqual(['invalid_data']);
  });

  it('of a receipt leads to the trace of its notification', () => {
    const receipt = { kind: 'receipt_recorded', status: 'delivered' } as const;
    expect(report({ ...receipt, ...trail, result: 'applied' }).links).toEqual([trail.traceparent]);
    expect(report({ ...receipt, result: 'orphaned' }).links).toEqual([]);
  });

  it('need not be there', () => {
    expect(() => new SpanReporter(noSpans).report({ ...finished, outcome: 'accepted', status: 'sent' })).not.toThrow();
  });
});
