import { jest } from '@jest/globals';
import { Turns } from './turns.js';

const LONG_MS = 60_000;

describe('turns', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('are given at once while there are any', async () => {
    const turns = new Turns(2);
    expect(await Promise.all([turns.take(0), turns.take(0)])).toEqual([true, true]);
  });

  it('are given in the order in which they were asked for', async () => {
    const turns = new Turns(1);
    const order: number[] = [];
    await turns.take(0);
    const waiting = [1, 2, 3].map(async (n) => (await turns.take(LONG_MS)) && order.push(n));
    for (const _ of waiting) turns.giveBack();
    await Promise.all(waiting);
    expect(order).toEqual([1, 2, 3]);
  });

  it('are never more than the limit', async () => {
    const turns = new Turns(3);
    const taken = await Promise.all([1, 2, 3].map(() => turns.take(0)));
    expect(taken).toEqual([true, true, true]);
    const fourth = turns.take(1_000);
    jest.advanceTimersByTime(1_000);
    expect(await fourth).toBe(false);
    turns.giveBack();
    expect(await turns.take(0)).toBe(true);
  });

  it('are lost to those who are sent away, and to them alone', async () => {
    const turns = new Turns(1);
    await turns.take(0);
    const waiting = turns.take(LONG_MS);
    turns.sendAway();
    expect(await waiting).toBe(false);
    turns.giveBack();
    expect(await turns.take(LONG_MS)).toBe(true);
    expect(jest.getTimerCount()).toBe(0);
  });
});
