import { NoAnswerError, pause, upTo, waitBefore, within } from './waiting.js';

describe('waiting', () => {
  it('doubles up to the longest, half of it at random', () => {
    const backoff = { firstMs: 100, longestMs: 5_000 };
    for (const [tries, most] of [
      [0, 100],
      [1, 200],
      [5, 3_200],
      [6, 5_000],
      [1_000_000, 5_000],
    ] as const) {
      const waits = Array.from({ length: 200 }, () => waitBefore(tries, backoff));
      expect(Math.max(...waits)).toBeLessThanOrEqual(most);
      expect(Math.min(...waits)).toBeGreaterThanOrEqual(most / 2);
      expect(new Set(waits).size).toBeGreaterThan(1);
    }
  });

  it('ends at once when it is called off', async () => {
    const stop = new AbortController();
    const waiting = pause(1_000_000, stop.signal);
    stop.abort();
    await waiting;
    await pause(1_000_000, stop.signal);
  });

  it('gives up on an answer that does not come', async () => {
    await expect(within(1, new Promise(() => undefined), 'a question')).rejects.toThrow(NoAnswerError);
    await expect(within(1_000, Promise.resolve(5), 'a question')).resolves.toBe(5);
    await expect(within(1_000, Promise.reject(new Error('no')), 'a question')).rejects.toThrow('no');
  });

  it.each(['time', 'signal', 'work', 'failure'] as const)('lets work go on until the end of %s', async (which) => {
    const stop = new AbortController();
    let told = false;
    const running = upTo(which === 'time' ? 1 : 1_000_000, stop.signal, (enough) => {
      enough.addEventListener('abort', () => (told = true));
      if (which === 'work') return Promise.resolve();
      return which === 'failure' ? Promise.reject(new Error('no')) : new Promise(() => undefined);
    });
    if (which === 'signal') stop.abort();
    await running;
    expect(told).toBe(true);
  });
});
