/** `wrong`: something does not work, or will not. `notice`: work that waits for a person, or a thing to know. */
export type Severity = 'wrong' | 'notice';

/** One thing that the doctor found: what is so, in one plain sentence, and what to do about it. */
export interface Finding {
  readonly severity: Severity;
  /** The queue, exchange, policy or status that it is about. */
  readonly subject: string;
  readonly sentence: string;
  /** The one command, or where a person must look. */
  readonly remedy: string;
  /** Rests on a count that the broker tells seconds late: it may be so no more, or not yet. */
  readonly counted?: true;
}

/** Commands that more than one finding names. Each is run by a test. */
export const remedies = {
  apply: 'npm run topology -- apply',
  rebuild: (queue: string): string => `npm run topology -- rebuild ${queue}`,
  reroute: 'npm run topology -- reroute',
  readiness: 'curl http://127.0.0.1:3001/health/ready on each worker says why',
} as const;
