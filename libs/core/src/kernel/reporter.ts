import type { OutcomeKind } from '../attempt/outcome.js';
import type { DeliveryStatus } from '../notification/delivery-status.js';
import type { Lane } from '../notification/lane.js';
import type { ReceiptStatus } from '../receipt/receipt.js';

/** By what a person follows one business action through logs and envelopes. */
export interface Trail {
  readonly notificationId: string;
  readonly correlationId: string;
  /** W3C trace context of the action that caused it. */
  readonly traceparent?: string;
}

/** What core reports, one member per decision. The list is closed: `libs/ops` has a log event and a metric for each. */
export type Happening =
  | (Trail & {
      readonly kind: 'event_accepted';
      readonly eventType: string;
      readonly eventId: string;
      readonly publisher: string;
      readonly messageType: string;
      readonly status: DeliveryStatus;
      /** Milliseconds from the event's own time to its acceptance: in the publisher's outbox, the broker and our queue. */
      readonly sinceEventMs: number;
    })
  | (Trail & {
      readonly kind: 'event_duplicate';
      readonly eventType: string;
      readonly eventId: string;
      readonly publisher: string;
      readonly enqueuedAgain: boolean;
    })
  | {
      readonly kind: 'event_parked';
      readonly reason: string;
      readonly detail: string;
      readonly routingKey: string;
      readonly publisher: string;
      readonly eventId?: string;
    }
  | (Trail & {
      readonly kind: 'notification_requested';
      readonly messageType: string;
      readonly client: string;
      readonly status: DeliveryStatus;
    })
  | (Trail & { readonly kind: 'attempt_started'; readonly attempt: number; readonly lane: Lane })
  | (Trail & {
      readonly kind: 'attempt_finished';
      readonly attempt: number;
      readonly outcome: OutcomeKind;
      readonly counted: boolean;
      readonly status: DeliveryStatus;
      readonly durationMs: number;
      /** Milliseconds from the event's acceptance to this answer. */
      readonly sinceCreatedMs: number;
      readonly reason?: string;
      readonly errorCode?: string;
      readonly httpStatus?: number;
    })
  | (Trail & { readonly kind: 'late_answer'; readonly attempt: number; readonly recorded: boolean })
  | (Trail & {
      readonly kind: 'answer_unwritten';
      readonly attempt: number;
      readonly outcome: OutcomeKind;
      readonly providerMessageId?: string;
    })
  | (Trail & { readonly kind: 'dispatch_duplicate'; readonly attempt: number; readonly status: DeliveryStatus })
  | (Trail & { readonly kind: 'dispatch_postponed'; readonly attempt: number; readonly reason: string })
  | (Trail & { readonly kind: 'settled_again'; readonly attempt: number; readonly status: DeliveryStatus })
  | (Trail & { readonly kind: 'status_changed'; readonly status: DeliveryStatus; readonly reason: string })
  | (Trail & { readonly kind: 'notification_parked'; readonly attempt: number; readonly reason: string })
  | { readonly kind: 'notification_missing'; readonly notificationId: string; readonly attempt: number }
  | (Partial<Trail> & {
      readonly kind: 'receipt_recorded';
      readonly status: ReceiptStatus;
      readonly result: 'applied' | 'duplicate' | 'orphaned';
    })
  | {
      readonly kind: 'template_held';
      readonly messageType: string;
      /** Type, language and version. */
      readonly template: string;
      readonly reason: string;
      readonly waitMs: number;
    }
  | {
      readonly kind: 'template_disabled';
      readonly messageType: string;
      readonly template: string;
      readonly reason: string;
    }
  | (Trail & { readonly kind: 'swept'; readonly status: DeliveryStatus; readonly sweeps: number })
  | {
      readonly kind: 'poison_adopted';
      readonly queue: string;
      readonly reason: string;
      readonly notificationId?: string;
      readonly correlationId?: string;
    }
  | {
      readonly kind: 'command_answered';
      readonly commandId: string;
      readonly action: string;
      readonly client: string;
      readonly result: string;
      readonly traceparent?: string;
    }
  | { readonly kind: 'replay_taken'; readonly replayId: string; readonly worker: string; readonly count: number }
  | {
      readonly kind: 'replay_ended';
      readonly replayId: string;
      readonly result: 'done' | 'stopped' | 'cancelled';
      readonly reason: string;
      /** How many it has resent. */
      readonly count: number;
    }
  | { readonly kind: 'waiting_for_database'; readonly step: string; readonly waitMs: number };

/** Port: who wants to know what happened (log lines, metrics). Must not throw and must not block. */
export interface Reporter {
  report(happening: Happening): void;
}
