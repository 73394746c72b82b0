import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningSystem } from '@earlybird/testing';
import type { MemorySample } from './evidence.js';

/** For each process that is to be watched: it collects its garbage when it is asked to. */
export const watchedEnv = { NODE_OPTIONS: '--import ./tools/faults/collect-on-signal.mjs' } as const;

/** A collection holds a process up for a tenth of a second: seldom enough to change nothing else that is judged. */
const everyMs = 30_000;
/** Within this a collection is over, also on a busy machine. */
const collectedMs = 1_000;
const kilobytesPerMb = 1_024;

/** Samples the memory of workers and api, garbage collected, until it is ended, and answers with all samples; the last is of the end. */
export function watchMemory({ workers, api }: RunningSystem): () => Promise<readonly MemorySample[]> {
  const samples: MemorySample[] = [];
  const look = async (): Promise<void> => {
    const living = [...workers, ...(api === undefined ? [] : [api])].filter(({ pid }) => pid !== 0);
    const looks = living.map(async ({ name, pid }) => {
      const rssMb = await collectedMb(pid);
      if (rssMb !== undefined) samples.push({ process: name, pid, at: Date.now(), rssMb });
    });
    await Promise.all(looks);
  };
  const timer = setInterval(() => void look(), everyMs);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await look();
    return samples;
  };
}

/** What a process takes when it has collected its garbage; undefined for one that is gone, and where there is no /proc. */
export async function collectedMb(pid: number): Promise<number | undefined> {
  try {
    process.kill(pid, 'SIGUSR2');
  } catch {
    return undefined;
  }
  await sleep(collectedMs);
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) / kilobytesPerMb;
}
