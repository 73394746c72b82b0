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

/** The promise's own result if it comes within `limitMs`; otherwise rejects with what `otherwise` makes. */
export function within<T>(
  limitMs: number,
  promise: Promise<T>,
  otherwise: () => Error = () => new Error(`No answer within ${limitMs} ms.`),
): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(otherwise()), limitMs);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
