import { jest } from '@jest/globals';
import { repeatEvery } from './repeat-every.js';

describe('a repetition', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('starts at once and then every interval', async () => {
    let rounds = 0;
    const repetition = repeatEvery(1_000, async () => void rounds++, fail);
    await jest.advanceTimersByTimeAsync(2_500);
    expect(rounds).toBe(3);
    await repetition.stop();
    expect(jest.getTimerCount()).toBe(0);
  });

  it('never runs two rounds at once', async () => {
    const rounds: (() => void)[] = [];
    const repetition = repeatEvery(1_000, () => new Promise((resolve) => rounds.push(resolve)), fail);
    await jest.advanceTimersByTimeAsync(10_000);
    expect(rounds).toHaveLength(1);
    rounds[0]?.();
    await jest.advanceTimersByTimeAsync(1_000);
    expect(rounds).toHaveLength(2);
    rounds[1]?.();
    await repetition.stop();
  });

  it('goes on after a round that failed', async () => {
    const errors: unknown[] = [];
    const repetition = repeatEvery(
      1_000,
      () => Promise.reject(new Error('away')),
      (error) => errors.push(error),
    );
    await jest.advanceTimersByTimeAsync(1_500);
    expect(errors).toHaveLength(2);
    await repetition.stop();
  });

  it('waits at the stop for the round that is under way', async () => {
    let finish: () => void = () => undefined;
    const repetition = repeatEvery(1_000, () => new Promise<void>((resolve) => (finish = resolve)), fail);
    let stopped = false;
    const stopping = repetition.stop().then(() => (stopped = true));
    await jest.advanceTimersByTimeAsync(5_000);
    expect(stopped).toBe(false);
    finish();
    await stopping;
    await jest.advanceTimersByTimeAsync(5_000);
    expect(jest.getTimerCount()).toBe(0);
  });
});

function fail(error: unknown): void {
  throw error;
}
