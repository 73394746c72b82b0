import { AppError } from '../kernel/app-error.js';
import type { AttemptFinish } from '../notification/notification-store.js';
import type { Notification } from '../notification/notification.js';
import type { Attempt } from './attempt.js';
import type { DispatchPolicy } from './dispatch-policy.js';
import { judgeAttempt } from './judge-attempt.js';
import type { Outcome } from './outcome.js';

/** The write that closes attempt `number` of `notification` with `outcome`: what it came to and what follows from it. Pure. */
export function recordOutcome(
  notification: Notification,
  number: number,
  outcome: Outcome,
  policy: DispatchPolicy,
  now: Date,
): AttemptFinish {
  const attempt = attemptOf(notification, number);
  const { counted, ...change } = judgeAttempt(notification, outcome, attempt.onUnknown, policy, now);
  const result = {
    finishedAt: now,
    outcome: outcome.kind,
    counted,
    // Somebody may have set the clock back meanwhile.
    durationMs: Math.max(0, now.getTime() - attempt.startedAt.getTime()),
    ...detailOf(outcome),
  };
  const mergeInto = equalBefore(notification, number, result);
  return { id: notification.id, number, result, ...change, ...(mergeInto === undefined ? {} : { mergeInto }) };
}

function attemptOf(notification: Notification, number: number): Attempt {
  const attempt = notification.attempts.find((candidate) => candidate.number === number);
  if (attempt === undefined) throw new AppError('invariant_broken', `${notification.id} has no attempt ${number}`);
  return attempt;
}

function detailOf(
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

/** The attempt right before, when it was uncounted for the same reason: an outage of hours is one entry with a number of times. */
function equalBefore(
  { attempts }: Notification,
  number: number,
  result: AttemptFinish['result'],
): Attempt['number'] | undefined {
  const previous = attempts.findLast((candidate) => candidate.number < number);
  const equal =
    !result.counted &&
    previous?.counted === false &&
    previous.outcome === result.outcome &&
    previous.reason === result.reason &&
    previous.errorCode === result.errorCode;
  return equal ? previous.number : undefined;
}
