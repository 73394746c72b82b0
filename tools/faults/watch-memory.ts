import { readFile } from 'node:fs/promises';
import type { RunningSystem } from '@earlybird/testing';
import type { MemorySample } from './evidence.js';

/** Seldom enough to cost nothing, often enough that one collection of garbage does not decide. */
const everyMs = 1_000;
const kilobytesPerMb = 1_024;

/** Samples the memory of workers and api until it is ended, and answers with all samples. */
export function watchMemory({ workers, api }: RunningSystem): () => readonly MemorySample[] {
  const samples: MemorySample[] = [];
  const look = async (): Promise<void> => {
    for (const { name, pid } of [...workers, ...(api === undefined ? [] : [api])]) {
      const rssMb = pid === 0 ? undefined : await residentMb(pid);
      if (rssMb !== undefined) samples.push({ process: name, pid, at: Date.now(), rssMb });
    }
  };
  const timer = setInterval(() => void look(), everyMs);
  timer.unref();
  return () => {
    clearInterval(timer);
    return samples;
  };
}

/** Undefined for a process that is gone, and where there is no /proc. */
async function residentMb(pid: number): Promise<number | undefined> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) / kilobytesPerMb;
}
