import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until `look` returns something other than undefined or false, and returns it; fails with what was seen last. */
export async function eventually<T>(look: () => Promise<T> | T, withinMs = 5_000): Promise<NonNullable<T>> {
  const giveUpAt = Date.now() + withinMs;
  for (;;) {
    const seen = await look();
    if (seen !== undefined && seen !== null && seen !== false) return seen;
    if (Date.now() > giveUpAt) throw new Error(`not within ${withinMs} ms`);
    await sleep(10);
  }
}
