/**
 * How long after it should have moved on an envelope counts as lost, in milliseconds (architecture.md, sweeper): long enough
 * that a backlog or a broker's restart is no alarm, short enough that the customer still cares.
 */
export interface Graces {
  /** After it was enqueued: 30 min. */
  readonly queuedMs: number;
  /** After `nextAttemptAt`: 10 min. */
  readonly retryingMs: number;
  /** After the lease's end: 10 min. */
  readonly sendingMs: number;
}
