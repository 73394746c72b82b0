import type { MemorySample } from './evidence.js';

/** What a process took at most when it was warm, and at the end of its life, in MB. */
export interface MemoryGrowth {
  readonly process: string;
  readonly warmMb: number;
  readonly endMb: number;
}

/** By then code is compiled and pools are full. */
const compiledMs = 30_000;
/** By then the heap has breathed out: it grows until its first great collection, and only what goes beyond that crest is growth. */
const warmMs = 60_000;
/** So long is the end, of which the median counts. */
const endMs = 10_000;

/**
 * Compares, for the longest life of each process, the crest of its warm-up with its end: in a run with kills the last life may
 * be short. A life that is too short for both says nothing and is left out.
 */
export function measureGrowth(samples: readonly MemorySample[]): readonly MemoryGrowth[] {
  return [...new Set(samples.map(({ process }) => process))].flatMap((process) => {
    const life = longestLife(samples.filter((sample) => sample.process === process));
    const began = life[0]?.at ?? 0;
    const ended = life.at(-1)?.at ?? 0;
    if (ended < began + warmMs + 2 * endMs) return [];
    const during = (from: number, to: number) =>
      life.filter(({ at }) => at >= from && at <= to).map(({ rssMb }) => rssMb);
    const warmMb = Math.round(Math.max(...during(began + compiledMs, began + warmMs)));
    return [{ process, warmMb, endMb: Math.round(medianOf(during(ended - endMs, ended))) }];
  });
}

function longestLife(samples: readonly MemorySample[]): readonly MemorySample[] {
  const lives = [...new Set(samples.map(({ pid }) => pid))].map((pid) => samples.filter((one) => one.pid === pid));
  return lives.sort((left, right) => right.length - left.length)[0] ?? [];
}

function medianOf(figures: readonly number[]): number {
  const sorted = [...figures].sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
