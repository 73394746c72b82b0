import type { Lane } from '../notification/lane.js';
import type { Outcome } from './outcome.js';

/**
 * Leave to send one message now, or how long it would have to wait. `end` says that the message is on its way, or will not
 * leave after all: until then it may leave at any moment, and so counts as one that was saved up. Call it once.
 */
export type SendPermit =
  | { readonly kind: 'granted'; readonly end: () => void }
  | { readonly kind: 'wait'; readonly waitMs: number; readonly reason: 'sender_rate' | 'recipient_rate' };

/**
 * Port: keeps to the rate of the sender's number, over all workers, and of each customer (provider.md). Waits for leave up to
 * 2 s; a longer wait is the caller's, so that nobody stands in the way of others. Throws AppError `database_unavailable`.
 */
export interface SendPermits {
  acquire(phone: string, lane: Lane): Promise<SendPermit>;
  /** Tells what a message came to: a provider that asks the whole number to slow down is obeyed, by all workers within a second. */
  heed(outcome: Outcome): Promise<void>;
}
