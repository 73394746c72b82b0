import { type ReplayCounts, type ReplayFate, replayFates } from './replay.js';

/** Nobody has met any fate yet. */
export const noCounts: ReplayCounts = {
  eligible: 0,
  resent: 0,
  delivered: 0,
  in_flight: 0,
  already_resent: 0,
  settled: 0,
  expired: 0,
  opted_out: 0,
  unreachable: 0,
  invalid: 0,
};

/** The counts with some fates more. */
export function withFates(counts: ReplayCounts, fates: readonly ReplayFate[]): ReplayCounts {
  const more: Record<ReplayFate, number> = { ...counts };
  for (const fate of fates) more[fate] += 1;
  return more;
}

/** How many met any fate at all. */
export function sumOfFates(counts: ReplayCounts): number {
  return replayFates.reduce((sum, fate) => sum + counts[fate], 0);
}
