import type { Notification } from '../notification/notification.js';
import { attemptsExhausted } from './judge-attempt.js';
import { countedAttempts } from './attempt.js';
import type { DispatchPolicy } from './dispatch-policy.js';
import { delayAfter } from './retry-policy.js';

/** What becomes of the envelope once the outcome is stored. Each but `done` is a confirmed publication before the ack. */
export type Settlement =
  | { readonly kind: 'done' }
  | { readonly kind: 'retry'; readonly attempt: number; readonly delayMs: number }
  | { readonly kind: 'defer'; readonly attempt: number }
  | { readonly kind: 'park' };

/**
 * Read from the stored notification alone, so that a redelivered envelope is settled again exactly as the first time:
 * whoever crashed between storing and settling is repeated by the next one.
 */
export function settlementOf(notification: Notification, policy: DispatchPolicy): Settlement {
  const attempt = notification.lastAttemptNumber + 1;
  switch (notification.status) {
    case 'retrying':
      return { kind: 'retry', attempt, delayMs: delayAfter(policy.retry, countedAttempts(notification.attempts)) };
    case 'queued':
      return { kind: 'defer', attempt };
    case 'failed':
      return notification.statusReason === attemptsExhausted ? { kind: 'park' } : { kind: 'done' };
    case 'scheduled':
    case 'sending':
    case 'unknown':
    case 'sent':
    case 'delivered':
    case 'read':
    case 'suppressed':
    case 'expired':
    case 'cancelled':
      return { kind: 'done' };
  }
}
