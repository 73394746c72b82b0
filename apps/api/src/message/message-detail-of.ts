import { type Attempt, type Notification } from '@earlybird/core';
import {
  type AdminActionView,
  type AttemptView,
  type MessageDetailView,
  type ReceiptView,
} from './message-detail-view.js';
import { messageViewOf } from './message-view-of.js';
import { type WhereaboutsView } from './whereabouts-view.js';

/** Everything about a notification, in the user's field names. */
export function messageDetailOf(notification: Notification, where: WhereaboutsView): MessageDetailView {
  const { resolved } = notification;
  return {
    ...messageViewOf(notification),
    where,
    context: notification.context,
    template_version: notification.templateVersion,
    immediate: notification.immediate,
    lane: notification.lane,
    event_source: notification.event?.source,
    requested_by: notification.requestedBy,
    decision: decisionViewOf(notification),
    replay: notification.replay,
    erased_at: notification.erasedAt?.toISOString(),
    attempts: notification.attempts.map(attemptViewOf),
    receipts: notification.receipts.map(receiptViewOf),
    admin_actions: notification.adminActions.map(actionViewOf),
    resolved: resolved === undefined ? undefined : { ...resolved, at: resolved.at.toISOString() },
  };
}

function decisionViewOf({ decision }: Notification): MessageDetailView['decision'] {
  if (decision === undefined) return undefined;
  const { reason, at, preferences } = decision;
  const inSnakeCase = Object.entries(preferences).map(([name, value]) => [snakeCase(name), value] as const);
  return { reason, at: at.toISOString(), preferences: Object.fromEntries(inSnakeCase) };
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function attemptViewOf(attempt: Attempt): AttemptView {
  return {
    number: attempt.number,
    started_at: attempt.startedAt.toISOString(),
    finished_at: attempt.finishedAt?.toISOString(),
    outcome: attempt.outcome,
    counted: attempt.counted,
    reason: attempt.reason,
    error_code: attempt.errorCode,
    http_status: attempt.httpStatus,
    detail: attempt.detail,
    duration_ms: attempt.durationMs,
    myoperator_message_id: attempt.providerMessageId,
    times: attempt.times ?? 1,
    worker: attempt.worker,
  };
}

function receiptViewOf({ status, at, receivedAt, errorCode }: Notification['receipts'][number]): ReceiptView {
  return { status, at: at.toISOString(), received_at: receivedAt.toISOString(), error_code: errorCode };
}

function actionViewOf({ at, by, action, note, replay }: Notification['adminActions'][number]): AdminActionView {
  return { at: at.toISOString(), by, action, note, replay };
}
