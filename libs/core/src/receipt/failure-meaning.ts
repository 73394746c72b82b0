import type { Consequence } from '../attempt/outcome.js';

/** What the code of a failed receipt says: a stable word for it, and what it asks for beyond its notification. */
export interface FailureMeaning {
  readonly reason: string;
  readonly consequence?: Consequence;
  /** How long what it asks for lasts, where the provider says so; milliseconds. */
  readonly retryAfterMs?: number;
  /** The account itself is the trouble: sending is to be halted. */
  readonly isAccount?: boolean;
}

/** Port: what the provider's codes mean. The same table as for direct answers, because the same codes come late too. Pure. */
export type JudgeFailure = (errorCode: string | undefined) => FailureMeaning;
