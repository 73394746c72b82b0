/** Resolves after `waitMs`, or at once when the signal is raised. Never rejects. */
export function pause(waitMs: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, waitMs);
    signal.addEventListener('abort', done, { once: true });
  });
}

/** Someone did not answer in time. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError';
}

/** The promise's own result if it comes within `limitMs`; otherwise throws NoAnswerError. The promise goes on, and may fail unseen. */
export function within<T>(limitMs: number, promise: Promise<T>, what: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new NoAnswerError(`${what}: no answer within ${limitMs} ms`)), limitMs);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** First and longest wait between two tries. */
export interface Backoff {
  readonly firstMs: number;
  readonly longestMs: number;
}

/**
 * The wait before try number `tries` (from 0): doubling, half of it at random, so that the processes that lost the same
 * server do not all come back in the same instant.
 */
export function waitBefore(tries: number, { firstMs, longestMs }: Backoff): number {
  const waitMs = Math.min(firstMs * 2 ** Math.min(tries, 30), longestMs);
  return Math.round(waitMs * (0.5 + Math.random() / 2));
}

/** Runs `work` until it ends, `limitMs` have passed, or the signal is raised. `work` is told by its own signal. Never rejects. */
export async function upTo(
  limitMs: number,
  signal: AbortSignal,
  work: (enough: AbortSignal) => Promise<void>,
): Promise<void> {
  const enough = new AbortController();
  const over = new Promise<void>((resolve) => enough.signal.addEventListener('abort', () => resolve(), { once: true }));
  const end = (): void => enough.abort();
  const timer = setTimeout(end, limitMs);
  signal.addEventListener('abort', end, { once: true });
  if (signal.aborted) end();
  try {
    await Promise.race([work(enough.signal).catch(() => undefined), over]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
    end();
  }
}
