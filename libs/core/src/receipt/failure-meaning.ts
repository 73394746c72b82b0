import type { Consequence } from '../attempt/outcome.js';

/** What the code of a failed receipt says: a stable word for it, and what it asks for beyond its notification. */
export interface FailureMeaning {
  readonly reason: string;
  readonly consequence?: Consequence;
}

/** Port: what the provider's codes mean. The same table as for direct answers, because the same codes come late too. Pure. */
export type JudgeFailure = (errorCode: string | undefined) => FailureMeaning;
