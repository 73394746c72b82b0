import { randomBytes } from 'node:crypto';
import { AppError } from '../kernel/app-error.js';
import type { Message } from '../message/message.js';
import type { AttemptStart } from '../notification/notification-store.js';
import type { Notification } from '../notification/notification.js';
import type { PreferenceDecision } from '../recipient/preference-decision.js';
import { conclude } from './conclude.js';
import { finishAttempt } from './finish-attempt.js';
import type { FlowParts } from './flow-parts.js';
import { outlastOutage } from './outlast-outage.js';
import { trailOf } from '../notification/trail-of.js';

/** The write before the send. Undefined when somebody else was faster, or when the attempt had to be given back unsent. */
export async function startAttempt(
  parts: FlowParts,
  notification: Notification,
  number: number,
  { text, template }: Message,
  decision?: PreferenceDecision,
): Promise<Notification | undefined> {
  const startedAt = parts.clock.now();
  const leaseUntil = new Date(startedAt.getTime() + parts.policy.leaseMs);
  const start: AttemptStart = {
    id: notification.id,
    number,
    startedAt,
    leaseUntil,
    // Tells this start from any other of the same worker, see `giveBack`.
    worker: `${parts.worker} ${randomBytes(4).toString('hex')}`,
    onUnknown: template.onUnknown,
    text,
    templateVersion: template.version,
    wakeAt: new Date(leaseUntil.getTime() + parts.policy.graces.sendingMs),
    ...(decision === undefined ? {} : { statusReason: decision.reason, decision }),
  };
  try {
    const started = await parts.notifications.startAttempt(start);
    report(parts, notification, number, started);
    return started;
  } catch (error) {
    if (error instanceof AppError && error.code === 'database_unavailable' && (await giveBack(parts, start)))
      return undefined;
    throw error;
  }
}

/**
 * The confirmation of a start was lost. If the start is stored all the same, nobody but us knows that nothing was sent: it
 * ends as halted, which costs a wait and no attempt, instead of as a doubt when its lease is over. False when it is not stored.
 */
async function giveBack(parts: FlowParts, { id, number, worker }: AttemptStart): Promise<boolean> {
  const stored = await outlastOutage(parts, 'start attempt', () => parts.notifications.find(id));
  const open = stored?.attempts.find((attempt) => attempt.number === number && attempt.finishedAt === undefined);
  if (stored === undefined || open?.worker !== worker) return false;
  const outcome = { kind: 'halted', scope: 'road', reason: 'database_unavailable' } as const;
  const finished = await finishAttempt(parts, stored, number, outcome);
  if (finished !== undefined) await conclude(parts, finished);
  return true;
}

function report(
  parts: FlowParts,
  notification: Notification,
  attempt: number,
  started: Notification | undefined,
): void {
  const { status, lane } = notification;
  const about = { ...trailOf(notification), attempt };
  if (started === undefined) parts.reporter.report({ kind: 'dispatch_duplicate', ...about, status });
  else parts.reporter.report({ kind: 'attempt_started', ...about, lane });
}
