import type { DispatchPolicy } from '@earlybird/core';

const minute = 60_000;

/** The policy of production: three attempts five minutes apart, leases of 25 s, envelopes deferred by 30 s. */
export function aPolicy(parts: Partial<DispatchPolicy> = {}): DispatchPolicy {
  return {
    retry: { maxAttempts: 3, delayMs: 5 * minute, backoff: 'fixed' },
    leaseMs: 25_000,
    deferDelayMs: 30_000,
    graces: { queuedMs: 30 * minute, retryingMs: 10 * minute, sendingMs: 10 * minute },
    suppressNumberMs: 24 * 60 * minute,
    ...parts,
  };
}
