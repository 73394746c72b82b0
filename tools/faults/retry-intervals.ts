import type { Attempt } from '@earlybird/core';
import type { Evidence, Strike } from './evidence.js';

/** How late retries came, beyond the delay that was asked for. */
export interface Intervals {
  /** How many were measured: those during which nothing was struck. */
  readonly count: number;
  /** Within a second of what was asked for. */
  readonly punctual: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly mostMs: number;
}

const toleranceMs = 1_000;

/** Measures from the end of one attempt to the start of the next, where the servers were up all the while. */
export function measureIntervals({ notifications, strikes, retryDelayMs }: Evidence): Intervals {
  const lateMs = notifications
    .flatMap(({ attempts }) => pairsOf(attempts))
    .filter(([before, after]) => !wasStruck(before, after, strikes))
    .map(([before, after]) => after.startedAt.getTime() - (before.finishedAt?.getTime() ?? 0) - retryDelayMs)
    .sort((left, right) => left - right);
  return {
    count: lateMs.length,
    punctual: lateMs.filter((late) => Math.abs(late) <= toleranceMs).length,
    p50Ms: quantile(lateMs, 0.5),
    p99Ms: quantile(lateMs, 0.99),
    mostMs: lateMs.at(-1) ?? 0,
  };
}

/** Attempts that ended in a retry, with the one that followed. A halted or throttled one waits in the defer queue instead. */
function pairsOf(attempts: readonly Attempt[]): readonly (readonly [Attempt, Attempt])[] {
  return attempts.flatMap((attempt, index) => {
    const next = attempts[index + 1];
    return next !== undefined && attempt.counted === true ? [[attempt, next] as const] : [];
  });
}

function wasStruck(before: Attempt, after: Attempt, strikes: readonly Strike[]): boolean {
  const began = before.finishedAt?.getTime() ?? 0;
  const ended = after.startedAt.getTime();
  return strikes.some(({ from, recoveredAt }) => from <= ended && recoveredAt >= began);
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
