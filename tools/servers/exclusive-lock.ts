import { spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { once } from 'node:events';

/**
 * Runs `work` while this process alone, of all on this machine, holds the lock of that file. `onWait` is called when another holds it.
 *
 * The lock is held by a `flock` child that lives as long as its standard input is open, so the kernel frees it even when this
 * process is killed: there is no stale lock to recognise.
 */
export async function withExclusiveLock<T>(file: string, onWait: () => void, work: () => Promise<T>): Promise<T> {
  await mkdir(dirname(file), { recursive: true });
  const holder = spawn('flock', ['--exclusive', file, 'sh', '-c', 'echo held; exec cat'], {
    stdio: ['pipe', 'pipe', 'inherit'],
    // Not in the terminal's process group: Ctrl-C must not free the lock before the work has ended.
    detached: true,
  });
  const waiting = setTimeout(onWait, 500);
  try {
    await Promise.race([once(holder.stdout, 'data'), failed(holder)]);
    clearTimeout(waiting);
    return await work();
  } finally {
    clearTimeout(waiting);
    holder.stdin.end();
    holder.stdout.destroy();
  }
}

async function failed(holder: ReturnType<typeof spawn>): Promise<never> {
  await once(holder, 'exit');
  throw new Error('flock ended before it held the lock');
}
