import {
  attemptsExhausted,
  countedAttempts,
  delayAfter,
  type DispatchPolicy,
  type Notification,
} from '@earlybird/core';
import { type QueueNames } from '../api-parts.js';
import { type WhereaboutsView } from './whereabouts-view.js';

/** Where a notification is now, told from its document alone; no queue is read for it. */
export function whereaboutsOf(
  notification: Notification,
  { queueNames, policy, now }: { readonly queueNames: QueueNames; readonly policy: DispatchPolicy; readonly now: Date },
): WhereaboutsView {
  const { status, lane, nextAttemptAt, dueAt } = notification;
  switch (status) {
    case 'scheduled':
      return { place: 'schedule', sentence: 'Waits in the database for its moment.', until: dueAt?.toISOString() };
    case 'queued':
      return nextAttemptAt !== undefined && nextAttemptAt > now
        ? waiting('defer_queue', queueNames.defer(lane), nextAttemptAt)
        : waiting('dispatch_queue', queueNames.dispatch(lane));
    case 'retrying': {
      const delayMs = delayAfter(policy.retry, countedAttempts(notification.attempts));
      return nextAttemptAt !== undefined && nextAttemptAt > now
        ? waiting('delay_queue', queueNames.retry(lane, delayMs), nextAttemptAt)
        : waiting('dispatch_queue', queueNames.dispatch(lane));
    }
    case 'sending':
      return sending(notification);
    case 'unknown':
      return { place: 'person', sentence: 'Perhaps sent: waits for a receipt, or for a person to resolve it.' };
    case 'sent':
      return { place: 'provider', sentence: 'The provider has it; its receipt is awaited.' };
    case 'failed':
      return failed(notification, queueNames.parked);
    case 'delivered':
    case 'read':
    case 'suppressed':
    case 'expired':
    case 'cancelled':
      return { place: 'done', sentence: 'Nothing more will happen to it.' };
  }
}

function waiting(
  place: 'defer_queue' | 'delay_queue' | 'dispatch_queue',
  queue: string,
  until?: Date,
): WhereaboutsView {
  return { place, sentence: `Waits in ${queue} for its next attempt.`, queue, until: until?.toISOString() };
}

function sending({ attempts }: Notification): WhereaboutsView {
  const open = attempts.findLast(({ finishedAt }) => finishedAt === undefined);
  return {
    place: 'worker',
    sentence: `Is being sent by ${open?.worker ?? 'a worker'}.`,
    until: open?.leaseUntil.toISOString(),
  };
}

function failed({ statusReason, resolved }: Notification, parked: string): WhereaboutsView {
  if (resolved !== undefined) return { place: 'done', sentence: `A person settled it: ${resolved.how}.` };
  return statusReason === attemptsExhausted
    ? { place: 'dead_letter_queue', sentence: `Is parked in ${parked} for a person.`, queue: parked }
    : { place: 'done', sentence: 'Nothing more will happen to it unless a person resends it.' };
}
