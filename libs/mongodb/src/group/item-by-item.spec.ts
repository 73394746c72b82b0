import { AppError } from '@earlybird/core';
import { type RepeatableRun, orItemByItem } from './item-by-item.js';

const poison = new AppError('invariant_broken', 'the second item is poison');

/** Fails whenever item 2 is among them; remembers how it was called. */
function poisoned() {
  const calls: { readonly items: readonly number[]; readonly again: boolean }[] = [];
  const run: RepeatableRun<number, number> = async (items, again) => {
    calls.push({ items, again });
    if (items.includes(2)) throw poison;
    return items.map((item) => item * 10);
  };
  return { calls, run };
}

describe('a group that fails as a whole', () => {
  it('is carried out item by item, told that it may have taken effect', async () => {
    const { calls, run } = poisoned();
    expect(await orItemByItem(run, [1, 2, 3])).toEqual([10, poison, 30]);
    expect(calls).toEqual([
      { items: [1, 2, 3], again: false },
      { items: [1], again: true },
      { items: [2], again: true },
      { items: [3], again: true },
    ]);
  });

  it('is not repeated when the database is away', async () => {
    const away = new AppError('database_unavailable', 'away');
    let calls = 0;
    const run = async () => {
      calls += 1;
      throw away;
    };
    await expect(orItemByItem(run, [1, 2])).rejects.toBe(away);
    expect(calls).toBe(1);
  });

  it('is not repeated when it is one item', async () => {
    const { calls, run } = poisoned();
    await expect(orItemByItem(run, [2])).rejects.toBe(poison);
    expect(calls).toHaveLength(1);
  });
});
