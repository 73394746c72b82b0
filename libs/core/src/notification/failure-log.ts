import type { Failure } from './failure.js';

/** Which failures: by when the notification was created, and whether a person has dismissed them or nobody has settled them. */
export interface FailureQuery {
  /** Inclusive. */
  readonly from: Date;
  /** Exclusive. */
  readonly to: Date;
  readonly settled: 'open' | 'dismissed';
  /** How many are looked at. */
  readonly most: number;
}

/** Port: the failed and doubtful notifications, newest first. Throws AppError `database_unavailable`. */
export interface FailureLog {
  find(query: FailureQuery): Promise<readonly Failure[]>;
}
