import type { Attempt } from '@earlybird/core';
import { after, testStart } from './instant.js';

/** An open first attempt that started at `testStart` with a lease of a minute; `parts` replace whole fields. */
export function anAttempt(parts: Partial<Attempt> = {}): Attempt {
  return {
    number: 1,
    startedAt: testStart,
    leaseUntil: after(60_000),
    worker: 'worker-1',
    onUnknown: 'resend',
    ...parts,
  };
}

/** A first attempt that ended in `outcome` half a second after it started. */
export function aFinishedAttempt(parts: Partial<Attempt> & Required<Pick<Attempt, 'outcome'>>): Attempt {
  const counted = parts.outcome !== 'throttled' && parts.outcome !== 'halted';
  return anAttempt({ finishedAt: after(500, parts.startedAt), counted, durationMs: 500, ...parts });
}
