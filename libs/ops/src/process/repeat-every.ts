/** A task that is repeated until it is stopped. */
export interface Repetition {
  /** Resolves when the round that is under way, if any, has ended; none starts after it. */
  stop(): Promise<void>;
}

/**
 * Repeats `round` every `everyMs`, counted from the end of one to the start of the next, so that two never overlap. The
 * first round starts at once. What a round throws goes to `onError`, and the rounds go on.
 */
export function repeatEvery(
  everyMs: number,
  round: () => Promise<void>,
  onError: (error: unknown) => void,
): Repetition {
  let running = true;
  let timer: NodeJS.Timeout | undefined;
  let current = Promise.resolve();
  const next = () => {
    current = round()
      .catch(onError)
      .finally(() => {
        if (running) timer = setTimeout(next, everyMs);
      });
  };
  next();
  return {
    stop() {
      running = false;
      clearTimeout(timer);
      return current;
    },
  };
}
