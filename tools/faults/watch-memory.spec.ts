import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { collectedMb, watchedEnv } from './watch-memory.js';

const root = join(import.meta.dirname, '..', '..');
/** Shows that it lives. */
const lively = `setInterval(() => console.log('lives'), 50);`;
/** Takes 200 MB, keeps nothing of it, and shows that it lives. */
const wasteful = `let all = Array.from({ length: 2_000_000 }, (_, n) => ({ n, text: String(n) })); all = undefined; ${lively}`;

/** Many times the pause between two signs of life. */
const shortly = 3_000;

describe('the memory of a process', () => {
  it('is what it keeps, not what it has not cleared away yet, and measuring it does no harm', async () => {
    const { PATH } = process.env;
    const child = spawn(process.execPath, ['-e', wasteful], { cwd: root, env: { PATH, ...watchedEnv } });
    const ended = once(child, 'close');
    const lives = () => once(child.stdout, 'data', { signal: AbortSignal.timeout(shortly) });
    try {
      await once(child.stdout, 'data');
      expect(await collectedMb(child.pid ?? 0)).toBeLessThan(120);
      await lives();
      expect(await collectedMb(child.pid ?? 0)).toBeLessThan(120);
      await lives();
    } finally {
      child.kill('SIGKILL');
      await ended;
    }
    expect(await collectedMb(child.pid ?? 0)).toBeUndefined();
  });

  it('is not asked of one that does not listen yet: it would die of the question', async () => {
    const { PATH } = process.env;
    const child = spawn(process.execPath, ['-e', lively], { cwd: root, env: { PATH } });
    const ended = once(child, 'close');
    try {
      await once(child.stdout, 'data');
      expect(await collectedMb(child.pid ?? 0)).toBeUndefined();
      expect(child.signalCode).toBeNull();
    } finally {
      child.kill('SIGKILL');
      await ended;
    }
  });
});
