import { FakeClock } from '@earlybird/testing';
import { CachedValue } from './cached-value.js';

function loadings(clock = new FakeClock()) {
  let count = 0;
  const answers: (() => Promise<number>)[] = [];
  const value = new CachedValue(() => answers.shift()?.() ?? Promise.resolve((count += 1)), 5_000, clock);
  return { clock, value, answers };
}

describe('a cached value', () => {
  it('is loaded once for everybody within its life, and anew afterwards', async () => {
    const { clock, value } = loadings();
    expect(await Promise.all([value.get(), value.get()])).toEqual([1, 1]);
    await clock.advance(4_999);
    expect(await value.get()).toBe(1);
    await clock.advance(1);
    expect(await value.get()).toBe(2);
  });

  it('is loaded anew when it is forgotten', async () => {
    const { value } = loadings();
    await value.get();
    value.forget();
    expect(await value.get()).toBe(2);
  });

  it('does not keep a failure', async () => {
    const { value, answers } = loadings();
    answers.push(() => Promise.reject(new Error('away')));
    await expect(value.get()).rejects.toThrow('away');
    expect(await value.get()).toBe(1);
  });

  it('is loaded anew after its life although somebody has set the clock back', async () => {
    const { clock, value } = loadings();
    await value.get();
    clock.set(-3_600_000);
    await clock.advance(5_000);
    expect(await value.get()).toBe(2);
  });
});
