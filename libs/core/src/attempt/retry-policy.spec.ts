import { type RetryPolicy, delayAfter, delaysOf } from './retry-policy.js';

const minute = 60_000;
const fixed: RetryPolicy = { maxAttempts: 3, delayMs: 5 * minute, backoff: 'fixed' };
const doubling: RetryPolicy = { maxAttempts: 4, delayMs: 5 * minute, backoff: 'exponential' };

describe('the retry policy', () => {
  it('keeps attempts five minutes apart, every time', () => {
    expect([1, 2, 3].map((counted) => delayAfter(fixed, counted))).toEqual([5 * minute, 5 * minute, 5 * minute]);
  });

  it('doubles the delay each time when that is asked for', () => {
    expect([1, 2, 3].map((counted) => delayAfter(doubling, counted))).toEqual([5 * minute, 10 * minute, 20 * minute]);
  });

  it('names each delay once, for each is a queue', () => {
    expect(delaysOf(fixed)).toEqual([5 * minute]);
    expect(delaysOf(doubling)).toEqual([5 * minute, 10 * minute, 20 * minute]);
  });

  it('names one delay when there is no retry, for a lower number of attempts must not leave envelopes without a queue', () => {
    expect(delaysOf({ ...fixed, maxAttempts: 1 })).toEqual([5 * minute]);
  });

  it('names every delay that it asks for', () => {
    for (const policy of [fixed, doubling])
      for (let counted = 1; counted < policy.maxAttempts; counted += 1)
        expect(delaysOf(policy)).toContain(delayAfter(policy, counted));
  });
});
