import type { Attempt } from '../attempt/attempt.js';
import { type Judgement, judgeAttempt } from '../attempt/judge-attempt.js';
import type { Outcome } from '../attempt/outcome.js';
import { AppError } from '../kernel/app-error.js';
import type { Notification } from '../notification/notification.js';
import type { AttemptFinish } from '../notification/notification-store.js';
import type { FlowParts } from './flow-parts.js';
import { outlastOutage } from './outlast-outage.js';

/**
 * Stores what an attempt came to, together with the status it leads to, and answers with the notification as it is then.
 * The outcome is written before anything else, however long the database is away. Undefined when somebody else had closed
 * the attempt meanwhile: then an acceptance is recorded as a late answer, and that other settles.
 */
export async function finishAttempt(
  parts: FlowParts,
  notification: Notification,
  number: number,
  outcome: Outcome,
): Promise<Notification | undefined> {
  const now = parts.clock.now();
  const attempt = openAttempt(notification, number);
  const judgement = judgeAttempt(notification, outcome, attempt.onUnknown, parts.policy, now);
  const finish = finishOf(notification, attempt, outcome, judgement, now);
  const written = await write(parts, notification, number, outcome, finish);
  if (!written) return undefined;
  report(parts, notification, number, finish);
  await bearConsequence(parts, notification, outcome, now);
  return afterFinish(notification, finish, judgement);
}

function openAttempt(notification: Notification, number: number): Attempt {
  const attempt = notification.attempts.find((candidate) => candidate.number === number);
  if (attempt === undefined) throw new AppError('invariant_broken', `${notification.id} has no attempt ${number}`);
  return attempt;
}

function finishOf(
  notification: Notification,
  attempt: Attempt,
  outcome: Outcome,
  judgement: Judgement,
  now: Date,
): AttemptFinish {
  const { counted, ...change } = judgement;
  const result = {
    finishedAt: now,
    outcome: outcome.kind,
    counted,
    durationMs: now.getTime() - attempt.startedAt.getTime(),
    ...recordOf(outcome),
  };
  const previous = notification.attempts.findLast((candidate) => candidate.number < attempt.number);
  const repeats =
    !counted &&
    previous?.counted === false &&
    previous.outcome === result.outcome &&
    previous.errorCode === result.errorCode;
  return {
    id: notification.id,
    number: attempt.number,
    result,
    ...change,
    ...(repeats ? { mergeInto: previous.number } : {}),
  };
}

function recordOf(
  outcome: Outcome,
): Pick<Attempt, 'reason' | 'errorCode' | 'httpStatus' | 'detail' | 'providerMessageId'> {
  if (outcome.kind === 'accepted') {
    const { providerMessageId, httpStatus } = outcome;
    return { providerMessageId, ...(httpStatus === undefined ? {} : { httpStatus }) };
  }
  const { reason, errorCode, httpStatus, detail } = outcome;
  return {
    reason,
    ...(errorCode === undefined ? {} : { errorCode }),
    ...(httpStatus === undefined ? {} : { httpStatus }),
    ...(detail === undefined ? {} : { detail }),
  };
}

async function write(
  parts: FlowParts,
  notification: Notification,
  number: number,
  outcome: Outcome,
  finish: AttemptFinish,
): Promise<boolean> {
  const about = { notificationId: notification.id, correlationId: notification.correlationId, attempt: number };
  const accepted = outcome.kind === 'accepted' ? { providerMessageId: outcome.providerMessageId } : {};
  try {
    if (await outlastOutage(parts, 'finish attempt', () => parts.notifications.finishAttempt(finish))) return true;
    const recorded =
      outcome.kind === 'accepted' &&
      (await outlastOutage(parts, 'late answer', () =>
        parts.notifications.recordLateAnswer(
          notification.id,
          number,
          outcome.providerMessageId,
          finish.result.finishedAt,
        ),
      ));
    parts.reporter.report({ kind: 'late_answer', ...about, recorded });
    return false;
  } catch (error) {
    // The process ends with an answer in hand: the log is the only place left for it.
    parts.reporter.report({ kind: 'answer_unwritten', ...about, outcome: outcome.kind, ...accepted });
    throw error;
  }
}

function report(
  parts: FlowParts,
  notification: Notification,
  attempt: number,
  { result, status }: AttemptFinish,
): void {
  const { outcome, counted, durationMs, reason, errorCode, httpStatus } = result;
  parts.reporter.report({
    kind: 'attempt_finished',
    notificationId: notification.id,
    correlationId: notification.correlationId,
    attempt,
    outcome,
    counted,
    status,
    durationMs,
    sinceCreatedMs: result.finishedAt.getTime() - notification.createdAt.getTime(),
    ...(reason === undefined ? {} : { reason }),
    ...(errorCode === undefined ? {} : { errorCode }),
    ...(httpStatus === undefined ? {} : { httpStatus }),
  });
}

/** What a refusal asks for beyond this notification. */
async function bearConsequence(
  parts: FlowParts,
  { recipient }: Notification,
  outcome: Outcome,
  now: Date,
): Promise<void> {
  if (outcome.kind !== 'refused' || recipient.phone === undefined) return;
  const { phone } = recipient;
  if (outcome.consequence === 'suppress_recipient') {
    await parts.settings.suppressNumber(
      phone,
      outcome.reason,
      now,
      new Date(now.getTime() + parts.policy.suppressNumberMs),
    );
  }
  if (outcome.consequence === 'marketing_opt_out') {
    await parts.settings.recordMarketingWish(phone, { granted: false, at: now, source: 'provider' });
  }
}

/** The stored notification, as far as settling needs it. */
function afterFinish(notification: Notification, finish: AttemptFinish, judgement: Judgement): Notification {
  const { counted: _, ...change } = judgement;
  const attempts = notification.attempts.map((attempt) =>
    attempt.number === finish.number ? { ...attempt, ...finish.result } : attempt,
  );
  const { providerMessageId } = finish.result;
  return { ...notification, ...change, attempts, ...(providerMessageId === undefined ? {} : { providerMessageId }) };
}
