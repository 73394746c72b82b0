import type { Outcome } from '../attempt/outcome.js';
import { recordOutcome } from '../attempt/record-outcome.js';
import type { AttemptFinish } from '../notification/notification-store.js';
import type { Notification } from '../notification/notification.js';
import { bearConsequence } from './bear-consequence.js';
import type { FlowParts } from './flow-parts.js';
import { outlastOutage } from './outlast-outage.js';
import { placeOrphans } from './place-orphans.js';
import { storeFinish } from './store-finish.js';
import { trailOf } from '../notification/trail-of.js';

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
  const finish = recordOutcome(notification, number, outcome, parts.policy, parts.clock.now());
  if (!(await write(parts, notification, outcome, finish))) return undefined;
  reportFinish(parts, notification, finish);
  await bearConsequence(parts, notification, outcome);
  return asStored(parts, notification, finish);
}

/** Tells what an attempt came to. */
export function reportFinish(
  parts: Pick<FlowParts, 'reporter'>,
  notification: Notification,
  { number, result, status }: AttemptFinish,
): void {
  const { outcome, counted, durationMs, reason, errorCode, httpStatus } = result;
  parts.reporter.report({
    kind: 'attempt_finished',
    ...trailOf(notification),
    attempt: number,
    outcome,
    counted,
    status,
    durationMs,
    sinceCreatedMs: Math.max(0, result.finishedAt.getTime() - notification.createdAt.getTime()),
    ...(reason === undefined ? {} : { reason }),
    ...(errorCode === undefined ? {} : { errorCode }),
    ...(httpStatus === undefined ? {} : { httpStatus }),
  });
}

/**
 * The notification after a finish. An acceptance leaves nothing to settle, so it needs no look; after anything else a receipt
 * may have been faster, and then nothing is to be tried again or parked.
 */
export async function asStored(
  parts: Pick<FlowParts, 'notifications' | 'clock' | 'reporter'>,
  notification: Notification,
  { status, result: { providerMessageId }, id }: AttemptFinish,
): Promise<Notification> {
  if (providerMessageId !== undefined) return { ...notification, status, providerMessageId };
  return (await outlastOutage(parts, 'load', () => parts.notifications.find(id))) ?? notification;
}

async function write(
  parts: FlowParts,
  notification: Notification,
  outcome: Outcome,
  finish: AttemptFinish,
): Promise<boolean> {
  const about = { ...trailOf(notification), attempt: finish.number };
  try {
    if (await storeFinish(parts, finish)) return true;
    const recorded = outcome.kind === 'accepted' && (await recordLate(parts, finish, outcome.providerMessageId));
    parts.reporter.report({ kind: 'late_answer', ...about, recorded });
    return false;
  } catch (error) {
    // The process ends with an answer in hand: the log is the only place left for it.
    const accepted = outcome.kind === 'accepted' ? { providerMessageId: outcome.providerMessageId } : {};
    parts.reporter.report({ kind: 'answer_unwritten', ...about, outcome: outcome.kind, ...accepted });
    throw error;
  }
}

/** Whoever closed the attempt knew no message id, so the receipts that came for it are orphans until now. */
async function recordLate(
  parts: FlowParts,
  { id, number, result: { finishedAt } }: AttemptFinish,
  providerMessageId: string,
): Promise<boolean> {
  const { notifications } = parts;
  await outlastOutage(parts, 'late answer', () =>
    notifications.recordLateAnswer(id, number, providerMessageId, finishedAt),
  );
  await outlastOutage(parts, 'late answer', () => placeOrphans(parts, providerMessageId));
  const stored = await outlastOutage(parts, 'late answer', () => notifications.find(id));
  return stored?.attempts.some((attempt) => attempt.providerMessageId === providerMessageId) === true;
}
