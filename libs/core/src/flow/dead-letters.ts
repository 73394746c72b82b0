import type { ParkedEvent } from '../event/parked-event.js';

/** What lies in a dead-letter queue, and whether the broker put it there itself (then nobody else knows of it). */
export type DeadLetter = { readonly queue: string; readonly byBroker: boolean } & (
  | { readonly kind: 'dispatch'; readonly notificationId: string; readonly attempt: number }
  /** As it would be on record. */
  | { readonly kind: 'event'; readonly parked: ParkedEvent }
  | { readonly kind: 'command'; readonly commandId: string }
  /** A receipt, or what nobody can read. */
  | { readonly kind: 'other' }
);

/** What becomes of it: it stays as it is, stays with a reason in its headers, or is gone for good. */
export type Fate = 'keep' | 'drop' | { readonly reason: string };

/** Port: the dead-letter queues of the worker. */
export interface DeadLetterQueues {
  /**
   * Hands over what lies in them, up to 32 at a time and no more in all than bounded, so that several walks see all of a long
   * queue. `judge` answers with a fate for each. Answers how many were looked at. A crash in the middle loses nothing, and
   * may leave a second copy. Throws AppError of a lost server.
   */
  walk(judge: (letters: readonly DeadLetter[]) => Promise<readonly Fate[]>): Promise<number>;
}
