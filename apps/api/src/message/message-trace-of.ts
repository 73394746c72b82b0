import { type Attempt, type Notification } from '@earlybird/core';
import { explanationOf } from './explanation.js';
import { type MessageTraceView, type TraceStepView } from './message-trace.js';
import { type WhereaboutsView } from './whereabouts-view.js';

interface Step {
  readonly at: Date;
  readonly step: string;
  readonly sentence: string;
  readonly planned?: true;
}

/** The story of a notification as dated steps, told from its document alone. */
export function messageTraceOf(notification: Notification, where: WhereaboutsView, now: Date): MessageTraceView {
  const steps: readonly Step[] = [
    created(notification),
    ...ends(notification),
    ...notification.attempts.flatMap((attempt) => attempted(attempt)),
    ...notification.receipts.map(reported),
    ...notification.adminActions.map(acted),
    ...next(notification, now),
  ];
  const inOrder = [...steps].sort((left, right) => left.at.getTime() - right.at.getTime());
  return { id: notification.id, status: notification.status, where, steps: inOrder.map(view) };
}

function created({
  createdAt,
  event,
  requestedBy,
  resendOf,
  replay,
  messageType,
  language,
  status,
  statusReason,
}: Notification): Step {
  const cause =
    resendOf !== undefined
      ? `A resend of ${resendOf}${replay === undefined ? '' : ` by ${replay}`}`
      : event !== undefined
        ? `The event ${event.type} (${event.id}) of ${event.source}`
        : `A request of ${requestedBy ?? 'nobody'}`;
  const beginning = createdAs(status, statusReason);
  return {
    at: createdAt,
    step: 'created',
    sentence: `${cause} became this ${messageType} in ${language}${beginning}.`,
  };
}

/** What was decided before anything was tried needs its reason. */
function createdAs(status: Notification['status'], reason = 'no reason'): string {
  return status === 'suppressed' || status === 'expired' ? `, which is ${status}: ${reason}` : '';
}

/** Statuses that no attempt, receipt or person explains. */
function ends({ statusTimes, status, statusReason, createdAt }: Notification): readonly Step[] {
  return (['scheduled', 'suppressed', 'expired', 'failed'] as const).flatMap((name) => {
    const at = statusTimes[name];
    if (at === undefined || (at.getTime() === createdAt.getTime() && name !== 'scheduled')) return [];
    const reason = status === name && statusReason !== undefined ? `: ${statusReason}` : '';
    const words = status === name ? (explanationOf(statusReason) ?? '') : '';
    const sentence = `It was ${name}${reason}. ${words}`.trim();
    return [{ at, step: name === 'scheduled' ? name : 'status', sentence }];
  });
}

function attempted(attempt: Attempt): readonly Step[] {
  const { number, startedAt, finishedAt, worker, times = 1 } = attempt;
  if (finishedAt === undefined)
    return [{ at: startedAt, step: 'attempt', sentence: `Attempt ${number} was started by ${worker}.` }];
  const often = times > 1 ? ` (${times} times, the last one here)` : '';
  return [{ at: finishedAt, step: 'attempt', sentence: `Attempt ${number} was ${outcomeOf(attempt)}${often}.` }];
}

function outcomeOf({
  outcome = 'unknown',
  reason,
  errorCode,
  httpStatus,
  durationMs,
  providerMessageId,
}: Attempt): string {
  if (outcome === 'accepted') return `accepted as ${providerMessageId ?? 'unnamed'} after ${durationMs ?? 0} ms`;
  const code = [errorCode, httpStatus === undefined ? undefined : `HTTP ${httpStatus}`].filter(
    (one) => one !== undefined,
  );
  return `${outcome}: ${reason ?? 'no reason'}${code.length === 0 ? '' : ` (${code.join(', ')})`}`;
}

function reported({ status, at, errorCode }: Notification['receipts'][number]): Step {
  const code = errorCode === undefined ? '' : ` (${errorCode})`;
  return { at, step: 'receipt', sentence: `The provider reported it ${status}${code}.` };
}

function acted({ at, by, action, note, replay }: Notification['adminActions'][number]): Step {
  return {
    at,
    step: 'person',
    sentence: `${by} ${action} it${replay === undefined ? '' : ` by ${replay}`}${note === undefined ? '' : `: ${note}`}.`,
  };
}

function next({ dueAt, nextAttemptAt, status }: Notification, now: Date): readonly Step[] {
  const at = status === 'scheduled' ? dueAt : nextAttemptAt;
  if (at === undefined) return [];
  const sentence = at > now ? 'It is tried again.' : 'It is due, and taken as soon as a worker is free.';
  return [{ at, step: 'next', sentence, planned: true }];
}

function view({ at, ...step }: Step): TraceStepView {
  return { at: at.toISOString(), ...step };
}
