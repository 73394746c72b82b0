import { setTimeout as sleep } from 'node:timers/promises';
import { type Bench, type Reading } from '../figure.js';
import { cpuMs, residentMb } from './process-usage.js';
import { withSubject } from './subject.js';

const restMs = { full: 30_000, short: 3_000 } as const;
/** What a start leaves behind has been done and collected by then. */
const settleMs = { full: 10_000, short: 1_000 } as const;

/** What a worker takes while nothing comes. */
export async function measureRest(bench: Bench): Promise<readonly Reading[]> {
  const size = bench.request.short ? 'short' : 'full';
  const shares: number[] = [];
  const memory: number[] = [];
  await withSubject(bench, 'worker', 1, async ({ workers: [worker] }) => {
    const pid = worker?.pid ?? 0;
    await sleep(settleMs[size]);
    for (let run = 1; run <= bench.request.runs; run += 1) {
      const before = await cpuMs(pid);
      await sleep(restMs[size]);
      shares.push((((await cpuMs(pid)) - before) / restMs[size]) * 100);
      memory.push(await residentMb(pid));
      bench.progress.note(`run ${run}: ${shares.at(-1)?.toFixed(2)} % of a core, ${memory.at(-1)?.toFixed(0)} MB`);
    }
  });
  return [
    { name: 'worker at rest, processor', unit: 'percent', runs: shares, bar: { atMost: 0.5 } },
    { name: 'worker at rest, RSS', unit: 'MB', runs: memory, bar: { atMost: 120 } },
  ];
}
