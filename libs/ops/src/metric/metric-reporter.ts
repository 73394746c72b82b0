import { type Happening, type Reporter, ruledEventTypes } from '@earlybird/core';
import { type Metrics } from './metrics.js';

/** Counts the happenings of core. */
export class MetricReporter implements Reporter {
  constructor(private readonly metrics: Metrics) {}

  report(happening: Happening): void {
    const { metrics } = this;
    switch (happening.kind) {
      case 'event_accepted':
        metrics.count('notification_events_total', { event_type: happening.eventType, result: 'accepted' });
        metrics.observe('notification_accepted_seconds', {}, happening.sinceEventMs / 1_000);
        return metrics.count('notification_status_changes_total', { status: happening.status });
      case 'event_duplicate':
        return metrics.count('notification_events_total', { event_type: happening.eventType, result: 'duplicate' });
      case 'event_parked':
        metrics.count('notification_events_total', { event_type: knownType(happening.routingKey), result: 'parked' });
        return metrics.count('notification_events_parked_total', { reason: happening.reason });
      case 'notification_requested':
        metrics.count('notification_requests_total', { message_type: happening.messageType });
        return metrics.count('notification_status_changes_total', { status: happening.status });
      case 'attempt_started':
        return metrics.count('notification_status_changes_total', { status: 'sending' });
      case 'attempt_finished':
        return this.attemptFinished(happening);
      case 'late_answer':
        return metrics.count('notification_late_answers_total', { recorded: String(happening.recorded) });
      case 'answer_unwritten':
        return metrics.count('notification_unwritten_answers_total', {});
      case 'dispatch_duplicate':
        return metrics.count('notification_duplicates_total', { kind: 'done' });
      case 'settled_again':
        return metrics.count('notification_duplicates_total', { kind: 'settled_again' });
      case 'dispatch_postponed':
        return metrics.count('notification_postponed_total', { reason: happening.reason });
      case 'status_changed':
        return metrics.count('notification_status_changes_total', { status: happening.status });
      case 'notification_parked':
        return metrics.count('notification_parked_total', { reason: happening.reason });
      case 'notification_missing':
        return metrics.count('notification_missing_total', {});
      case 'receipt_recorded':
        return metrics.count('notification_receipts_total', { status: happening.status, result: happening.result });
      case 'template_held':
      case 'template_disabled':
        return metrics.count('notification_templates_refused_total', { message_type: happening.messageType });
      case 'swept':
        return metrics.count('notification_sweeps_total', { status: happening.status });
      case 'poison_adopted':
        return metrics.count('notification_poison_total', { queue: happening.queue });
      case 'command_answered':
        return metrics.count('notification_commands_total', { command: happening.action, result: happening.result });
      case 'replay_taken':
        return;
      case 'replay_ended':
        return metrics.count('replays_total', { result: happening.result });
      case 'waiting_for_database':
        return metrics.count('database_waits_total', { step: happening.step });
    }
  }

  private attemptFinished(happening: Extract<Happening, { kind: 'attempt_finished' }>): void {
    const { outcome, reason, status, durationMs, sinceCreatedMs } = happening;
    this.metrics.count('notification_attempts_total', { outcome });
    this.metrics.count('notification_status_changes_total', { status });
    this.metrics.observe('notification_attempt_seconds', { outcome }, durationMs / 1_000);
    if (outcome === 'accepted') this.metrics.observe('notification_sent_seconds', {}, sinceCreatedMs / 1_000);
    else this.metrics.count('notification_attempt_failures_total', { outcome, reason: reason ?? 'unspecified' });
  }
}

/** A parked envelope may have come by any routing key; a label of anyone's choice would grow without bound. */
function knownType(routingKey: string): string {
  return ruledEventTypes.find((type) => type === routingKey) ?? 'other';
}
