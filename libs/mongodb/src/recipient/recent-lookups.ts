import { type Clock } from '@earlybird/core';
import { LRUCache } from 'lru-cache';

/** How old an answer may be, in milliseconds (core, SettingsStore). */
const lifeMs = 5_000;
/** Answers kept at most; those asked for longest ago go first. A few hundred bytes each, "nothing on record" included. */
const mostKept = 10_000;

/** Answers to one kind of question, each kept for 5 s from the moment it was asked. Equal questions at the same time are one. */
export class RecentLookups<Answer> {
  private readonly kept: LRUCache<string, Promise<Answer | undefined>>;

  constructor(
    private readonly lookUp: (key: string) => Promise<Answer | undefined>,
    clock: Pick<Clock, 'steadyMs'>,
  ) {
    // The cache takes 0 for a time that was never noted.
    const perf = { now: () => 1 + clock.steadyMs() };
    // Resolution 0: the clock is asked each time, no timer is kept.
    this.kept = new LRUCache({ max: mostKept, ttl: lifeMs, ttlResolution: 0, perf });
  }

  /** A failure is not kept. */
  get(key: string): Promise<Answer | undefined> {
    const known = this.kept.get(key);
    if (known !== undefined) return known;
    const answer = this.lookUp(key);
    this.kept.set(key, answer);
    answer.catch(() => {
      if (this.kept.peek(key) === answer) this.kept.delete(key);
    });
    return answer;
  }

  /** The next one who asks gets a new answer. */
  forget(key: string): void {
    this.kept.delete(key);
  }
}
