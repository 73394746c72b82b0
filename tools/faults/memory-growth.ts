import type { MemorySample } from './evidence.js';

/** What a process took after its warm-up and at the end of the run, in MB. */
export interface MemoryGrowth {
  readonly process: string;
  readonly warmMb: number;
  readonly endMb: number;
}

/** Code is compiled, pools are full and the heap has its size: not before half a minute under load. */
const warmUpMs = 30_000;
/** Over so long a figure is the median, because the heap breathes. */
const windowMs = 10_000;

/**
 * Compares, for the last life of each process, the first ten seconds after its warm-up with its last ten. Lives that are too
 * short for both say nothing and are left out.
 */
export function measureGrowth(samples: readonly MemorySample[]): readonly MemoryGrowth[] {
  return [...new Set(samples.map(({ process }) => process))].flatMap((process) => {
    const own = samples.filter((sample) => sample.process === process);
    const life = own.filter(({ pid }) => pid === own.at(-1)?.pid);
    const began = life[0]?.at ?? 0;
    const ended = life.at(-1)?.at ?? 0;
    const warmAt = began + warmUpMs;
    if (ended < warmAt + 2 * windowMs) return [];
    const during = (from: number, to: number) => life.filter(({ at }) => at >= from && at <= to);
    return [
      {
        process,
        warmMb: medianOf(during(warmAt, warmAt + windowMs)),
        endMb: medianOf(during(ended - windowMs, ended)),
      },
    ];
  });
}

function medianOf(samples: readonly MemorySample[]): number {
  const sorted = samples.map(({ rssMb }) => rssMb).sort((left, right) => left - right);
  return Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0);
}
