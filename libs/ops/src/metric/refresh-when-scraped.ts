import { type Clock } from '@earlybird/core';

/** How old a figure may be that costs a question, and how long a scrape waits for a newer one. */
export interface RefreshOptions {
  readonly clock: Clock;
  /** Default 10 s: below the usual interval of scrapers, so that each gets a new figure and a second scraper costs nothing. */
  readonly freshForMs?: number;
  /** Default 1 s: Prometheus gives up after 10; what comes later is there for the next scrape. */
  readonly waitMs?: number;
  readonly onError: (error: unknown) => void;
}

/**
 * Makes of `round`, which asks somebody for figures, a step before a scrape: nobody asks while nobody scrapes, and a server
 * that is away delays a scrape by no more than `waitMs`. Never rejects.
 */
export function refreshWhenScraped(round: () => Promise<void>, options: RefreshOptions): () => Promise<void> {
  const { clock, freshForMs = 10_000, waitMs = 1_000, onError } = options;
  let lastAt = -Infinity;
  let current: Promise<void> | undefined;
  return async () => {
    const now = clock.steadyMs();
    if (current === undefined && now - lastAt >= freshForMs) {
      lastAt = now;
      current = round()
        .catch(onError)
        .finally(() => (current = undefined));
    }
    if (current !== undefined) await Promise.race([current, clock.sleep(waitMs)]);
  };
}
