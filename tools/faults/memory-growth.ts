import type { MemorySample } from './evidence.js';

/** What a process took when it was warm, and at the end of its life, in MB; garbage collected. */
export interface MemoryGrowth {
  readonly process: string;
  readonly warmMb: number;
  readonly endMb: number;
}

/** By then code is compiled and pools are full. */
const warmMs = 60_000;
/** Less than this between warm and end says nothing. */
const apartMs = 60_000;

/**
 * Compares, for the longest life of each process, what it took when it was warm with what it took in the end: in a run with kills
 * the last life may be short. A life that is too short for both is left out.
 */
export function measureGrowth(samples: readonly MemorySample[]): readonly MemoryGrowth[] {
  return [...new Set(samples.map(({ process }) => process))].flatMap((process) => {
    const life = longestLife(samples.filter((sample) => sample.process === process));
    const [began, last] = [life[0], life.at(-1)];
    const warm = began && life.find(({ at }) => at >= began.at + warmMs);
    if (warm === undefined || last === undefined || last.at < warm.at + apartMs) return [];
    return [{ process, warmMb: Math.round(warm.rssMb), endMb: Math.round(last.rssMb) }];
  });
}

function longestLife(samples: readonly MemorySample[]): readonly MemorySample[] {
  const lives = [...new Set(samples.map(({ pid }) => pid))].map((pid) => samples.filter((one) => one.pid === pid));
  return lives.sort((left, right) => right.length - left.length)[0] ?? [];
}
