import { type Clock } from '@earlybird/core';
import { refreshWhenScraped } from './refresh-when-scraped.js';

describe('figures that are asked for when somebody scrapes', () => {
  let time = 0;
  const clock: Clock = { now: () => new Date(0), steadyMs: () => time, sleep: () => Promise.resolve() };
  const errors: unknown[] = [];
  const onError = (error: unknown) => void errors.push(error);

  it('are asked for again only when they are no longer fresh', async () => {
    let rounds = 0;
    const refresh = refreshWhenScraped(() => Promise.resolve(void (rounds += 1)), { clock, onError });
    await refresh();
    await refresh();
    expect(rounds).toBe(1);
    time += 10_000;
    await refresh();
    expect(rounds).toBe(2);
  });

  it('are not waited for longer than a scraper waits, nor asked for twice at once', async () => {
    let rounds = 0;
    const never = () => new Promise<void>(() => void (rounds += 1));
    const refresh = refreshWhenScraped(never, { clock, onError });
    await refresh();
    time += 60_000;
    await refresh();
    expect(rounds).toBe(1);
  });

  it('that cannot be had are told, and the scrape goes on', async () => {
    const refresh = refreshWhenScraped(() => Promise.reject(new Error('away')), { clock, onError });
    await expect(refresh()).resolves.toBeUndefined();
    expect(errors).toEqual([new Error('away')]);
  });
});
