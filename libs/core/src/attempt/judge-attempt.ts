import type { OnUnknown } from '../message/message-type.js';
import { templateHeld } from '../message/template.js';
import { type Cause, type DeliveryStatus, transitions } from '../notification/delivery-status.js';
import type { Notification } from '../notification/notification.js';
import { countedAttempts } from './attempt.js';
import type { DispatchPolicy } from './dispatch-policy.js';
import { type Outcome, isCounted } from './outcome.js';
import { delayAfter } from './retry-policy.js';

/** What an outcome means for the notification: the new status, and when and why it goes on. Settling follows from it. */
export interface Judgement {
  readonly status: DeliveryStatus;
  readonly counted: boolean;
  readonly statusReason?: string;
  readonly nextAttemptAt?: Date;
  readonly dueAt?: Date;
  readonly wakeAt?: Date;
}

/** The reason of a notification whose last counted attempt failed; its envelope is parked. */
export const attemptsExhausted = 'attempts_exhausted';

/** Longer throttles do not wait on the broker: the notification is scheduled instead (architecture.md). */
export const longestDeferMs = 60_000;

/** Judges an outcome by the table of architecture.md. Pure. */
export function judgeAttempt(
  notification: Pick<Notification, 'attempts' | 'statusReason'>,
  outcome: Outcome,
  onUnknown: OnUnknown,
  policy: DispatchPolicy,
  now: Date,
): Judgement {
  const used = countedAttempts(notification.attempts) + (isCounted(outcome.kind) ? 1 : 0);
  const last = used >= policy.retry.maxAttempts;
  switch (outcome.kind) {
    case 'accepted': {
      // Why it left although something spoke against it stays with it.
      const { statusReason } = notification;
      return { ...counted('accepted'), ...(statusReason === undefined ? {} : { statusReason }) };
    }
    case 'refused':
      return { ...counted('refused'), statusReason: outcome.reason };
    case 'deferred':
      return last
        ? { ...counted('exhausted'), statusReason: attemptsExhausted }
        : retry(outcome.reason, used, policy, now);
    case 'unknown':
      // On the last attempt it stays unknown under `resend` too: it may have arrived, and nobody may call that failed.
      return last || onUnknown === 'hold'
        ? { ...counted('unanswered'), statusReason: outcome.reason }
        : retry(outcome.reason, used, policy, now);
    case 'throttled':
      return outcome.retryAfterMs > longestDeferMs
        ? schedule(reasonOf(outcome), outcome.retryAfterMs, now)
        : putBack(outcome.reason, outcome.retryAfterMs, policy, now);
    case 'halted':
      return putBack(outcome.reason, 0, policy, now);
  }
}

function counted(cause: Cause): Judgement {
  return { status: transitions[cause].to, counted: true };
}

function retry(reason: string, used: number, policy: DispatchPolicy, now: Date): Judgement {
  const nextAttemptAt = after(now, delayAfter(policy.retry, used));
  return {
    ...counted('deferred'),
    statusReason: reason,
    nextAttemptAt,
    wakeAt: after(nextAttemptAt, policy.graces.retryingMs),
  };
}

/** The defer queue has one delay, so a longer wait takes several rounds in it (see `standingOf`). */
function putBack(reason: string, waitMs: number, policy: DispatchPolicy, now: Date): Judgement {
  const rounds = Math.max(1, Math.ceil(waitMs / policy.deferDelayMs));
  const nextAttemptAt = after(now, rounds * policy.deferDelayMs);
  return {
    status: transitions.returned.to,
    counted: false,
    statusReason: reason,
    nextAttemptAt,
    wakeAt: after(nextAttemptAt, policy.graces.queuedMs),
  };
}

/** One that waits with its whole template goes on as soon as that may be sent again. */
function reasonOf({ reason, consequence }: Extract<Outcome, { kind: 'throttled' }>): string {
  return consequence === 'hold_template' ? templateHeld : reason;
}

function schedule(reason: string, waitMs: number, now: Date): Judgement {
  const dueAt = after(now, waitMs);
  return { status: transitions.throttled_long.to, counted: false, statusReason: reason, dueAt, wakeAt: dueAt };
}

function after(instant: Date, ms: number): Date {
  return new Date(instant.getTime() + ms);
}
