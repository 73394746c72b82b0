/** How often and how far apart a notification is tried. */
export interface RetryPolicy {
  /** Counts the first attempt too. */
  readonly maxAttempts: number;
  readonly delayMs: number;
  /** `fixed` is the promise "5 minutes apart"; `exponential` doubles it each time. */
  readonly backoff: 'fixed' | 'exponential';
}

/** How long to wait after the `counted`-th counted attempt (from 1). */
export function delayAfter(policy: RetryPolicy, counted: number): number {
  return policy.backoff === 'fixed' ? policy.delayMs : policy.delayMs * 2 ** (Math.max(counted, 1) - 1);
}

/** Every delay the policy can ask for: each is a queue of its own (broker.md). */
export function delaysOf(policy: RetryPolicy): readonly number[] {
  const retries = Array.from({ length: Math.max(policy.maxAttempts - 1, 1) }, (_, index) =>
    delayAfter(policy, index + 1),
  );
  return [...new Set(retries)];
}
