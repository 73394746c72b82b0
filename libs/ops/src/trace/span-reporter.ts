import { type Happening, type Reporter } from '@earlybird/core';
import { type SpanAttributes, type Spans } from './spans.js';

/** What of a happening stands on a span, and how it is called there; everything else stays in the log. */
const attributeNames = {
  notificationId: 'notification.id',
  correlationId: 'notification.correlation_id',
  messageType: 'notification.message_type',
  attempt: 'notification.attempt',
  outcome: 'notification.outcome',
  counted: 'notification.counted',
  status: 'notification.status',
  reason: 'notification.reason',
  errorCode: 'notification.error_code',
  result: 'notification.result',
  eventType: 'cloudevents.event_type',
  eventId: 'cloudevents.event_id',
  publisher: 'notification.publisher',
} as const;

/** Puts each happening of core on the span in which it happens; those outside any span are left to the log. */
export class SpanReporter implements Reporter {
  constructor(private readonly spans: Spans) {}

  report(happening: Happening): void {
    const span = this.spans.current;
    if (span === undefined) return;
    const attributes = attributesOf(happening);
    span.note(attributes);
    span.tell(happening.kind, attributes);
    // A receipt comes in on its own, long after the trace of what it is about.
    if ('traceparent' in happening && happening.traceparent !== undefined) span.link(happening.traceparent);
    const failure = failureIn(happening);
    if (failure !== undefined) span.fail(failure);
  }
}

function attributesOf(happening: Happening): SpanAttributes {
  const fields: Readonly<Record<string, unknown>> = { ...happening };
  const attributes: Record<string, string | number | boolean> = {};
  for (const [field, name] of Object.entries(attributeNames)) {
    const value = fields[field];
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') attributes[name] = value;
  }
  return attributes;
}

/** What an operator searches for among failed spans: no message left, or a person must act. */
function failureIn(happening: Happening): string | undefined {
  switch (happening.kind) {
    case 'attempt_finished':
      return happening.outcome === 'accepted' ? undefined : (happening.reason ?? happening.outcome);
    case 'status_changed':
      return happening.status === 'failed' ? happening.reason : undefined;
    case 'event_parked':
    case 'notification_parked':
      return happening.reason;
    case 'notification_missing':
    case 'answer_unwritten':
      return happening.kind;
    default:
      return undefined;
  }
}
