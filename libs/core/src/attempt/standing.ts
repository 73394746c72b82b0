import { longestDeferMs } from './judge-attempt.js';
import type { Notification } from '../notification/notification.js';

/** How an envelope stands to what is stored. */
export type Standing =
  /** Its attempt may start, under this number. */
  | { readonly kind: 'due'; readonly attempt: number }
  /** The provider asked for a longer wait than one round in the defer queue. */
  | { readonly kind: 'early' }
  /** Somebody else did or does it; whoever it is holds its own unacked envelope. */
  | { readonly kind: 'duplicate' }
  /** It was started and is open; its lease still runs. */
  | { readonly kind: 'leased'; readonly attempt: number }
  /** It was started, nobody finished it, and its lease is over: perhaps sent. */
  | { readonly kind: 'abandoned'; readonly attempt: number }
  /** It was finished, but perhaps never settled. */
  | { readonly kind: 'unsettled' };

/**
 * Only an envelope with the duty to repeat (`repeat`) takes up an unfinished step; a fresh copy that finds the step done
 * is a duplicate (architecture.md). So 100 copies of one event cause exactly as many requests as one.
 */
export function standingOf(
  notification: Notification,
  envelope: { readonly attempt: number; readonly repeat: boolean },
  now: Date,
  deferDelayMs: number,
): Standing {
  const { lastAttemptNumber, status } = notification;
  if (envelope.attempt > lastAttemptNumber) {
    if (isEarly(notification, now, deferDelayMs)) return { kind: 'early' };
    return status === 'queued' || status === 'retrying'
      ? { kind: 'due', attempt: lastAttemptNumber + 1 }
      : { kind: 'duplicate' };
  }
  if (!envelope.repeat || envelope.attempt < lastAttemptNumber) return { kind: 'duplicate' };
  const open = notification.attempts.find(
    (attempt) => attempt.number === envelope.attempt && attempt.finishedAt === undefined,
  );
  if (open === undefined) return { kind: 'unsettled' };
  return { kind: open.leaseUntil > now ? 'leased' : 'abandoned', attempt: envelope.attempt };
}

/**
 * Waits in the defer queue are whole rounds, so half a round tells "one more" from "now", whatever the clocks of two machines
 * say. A retry that comes before its time was released by a person and is not early; nor is one that would wait longer than any
 * may: somebody has set the clock back since.
 */
function isEarly({ status, nextAttemptAt }: Notification, now: Date, deferDelayMs: number): boolean {
  if (status !== 'queued' || nextAttemptAt === undefined) return false;
  const waitMs = nextAttemptAt.getTime() - now.getTime();
  return waitMs > deferDelayMs / 2 && waitMs <= 2 * (longestDeferMs + deferDelayMs);
}
