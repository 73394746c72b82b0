import { readFile } from 'node:fs/promises';
import { constants } from 'node:os';
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

/**
 * What a process takes when it has collected its garbage; undefined for one that is gone, or has only just started and does not
 * listen yet (it would die of the signal), and where there is no /proc.
 */
export async function collectedMb(pid: number): Promise<number | undefined> {
  if (!catchesSignal(await statusOf(pid))) return undefined;
  try {
    process.kill(pid, 'SIGUSR2');
  } catch {
    return undefined;
  }
  await sleep(collectedMs);
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(await statusOf(pid))?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) / kilobytesPerMb;
}

/** Whether the process has a handler for SIGUSR2: bit n - 1 of the kernel's mask stands for signal n (proc(5)). */
function catchesSignal(status: string): boolean {
  const caught = /^SigCgt:\s+([\da-f]+)$/m.exec(status)?.[1] ?? '0';
  return ((BigInt(`0x${caught}`) >> BigInt(constants.signals.SIGUSR2 - 1)) & 1n) === 1n;
}

/** What the kernel says of a process; empty for one that is gone, and where there is no /proc. */
function statusOf(pid: number): Promise<string> {
  return readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
}
