import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withExclusiveLock } from './exclusive-lock.js';

describe('withExclusiveLock', () => {
  let folder: string;
  const file = () => join(folder, 'the.lock');
  const noWait = () => undefined;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'earlybird-lock-'));
  });

  afterAll(() => rm(folder, { recursive: true }));

  it('lets one after the other in', async () => {
    let inside = 0;
    let most = 0;
    const visit = () =>
      withExclusiveLock(file(), noWait, async () => {
        inside += 1;
        most = Math.max(most, inside);
        await new Promise((resolve) => setTimeout(resolve, 20));
        inside -= 1;
      });
    await Promise.all(Array.from({ length: 5 }, visit));
    expect(most).toBe(1);
  });

  it('is free again after a failure', async () => {
    await expect(withExclusiveLock(file(), noWait, () => Promise.reject(new Error('broken')))).rejects.toThrow(
      'broken',
    );
    await expect(withExclusiveLock(file(), noWait, async () => 'in')).resolves.toBe('in');
  });

  it('says so when it has to wait', async () => {
    let leave = (): void => undefined;
    const first = withExclusiveLock(file(), noWait, () => new Promise<void>((resolve) => (leave = resolve)));
    await new Promise<void>((heard) => void withExclusiveLock(file(), heard, async () => undefined));
    leave();
    await first;
  });
});
