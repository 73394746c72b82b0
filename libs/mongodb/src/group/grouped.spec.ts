import { type Answer, Grouped } from './grouped.js';

/** A clock of its own: what is put off runs when the test says so. */
function bench() {
  const groups: {
    readonly items: readonly number[];
    answer(with_?: readonly Answer<string>[]): Promise<void>;
    fail(error: Error): Promise<void>;
  }[] = [];
  const putOff: { readonly flush: () => void; readonly ms: number }[] = [];
  const grouped = new Grouped<number, string>(
    (items) =>
      new Promise((resolve, reject) => {
        groups.push({
          items,
          answer: (answers = items.map((item) => `answer ${item}`)) => (resolve(answers), settled()),
          fail: (error) => (reject(error), settled()),
        });
      }),
    2,
    (flush, ms) => putOff.push({ flush, ms }),
  );
  const tick = () => putOff.splice(0).forEach(({ flush }) => flush());
  return { grouped, groups, putOff, tick };
}

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('grouping', () => {
  it('sends what comes in the same moment together, without waiting', async () => {
    const { grouped, groups, putOff, tick } = bench();
    const answers = [1, 2, 3].map((item) => grouped.do(item));
    expect(putOff.map(({ ms }) => ms)).toEqual([0]);
    tick();
    expect(groups.map(({ items }) => items)).toEqual([[1, 2, 3]]);
    await groups[0]?.answer();
    expect(await Promise.all(answers)).toEqual(['answer 1', 'answer 2', 'answer 3']);
  });

  it('lets who comes while a group is on its way wait a little for others', () => {
    const { grouped, groups, putOff, tick } = bench();
    void grouped.do(1);
    tick();
    void grouped.do(2);
    void grouped.do(3);
    expect(putOff.map(({ ms }) => ms)).toEqual([2]);
    tick();
    expect(groups.map(({ items }) => items)).toEqual([[1], [2, 3]]);
  });

  it('has no more groups on their way than it may, and sends the rest when one is back', async () => {
    const { grouped, groups, tick } = bench();
    for (const item of [1, 2]) {
      void grouped.do(item);
      tick();
    }
    void grouped.do(3);
    void grouped.do(4);
    tick();
    expect(groups).toHaveLength(2);
    await groups[0]?.answer();
    tick();
    expect(groups.map(({ items }) => items)).toEqual([[1], [2], [3, 4]]);
  });

  it('sends a full group at once, and at most 200 items in one', () => {
    const { grouped, groups, tick } = bench();
    for (let item = 0; item < 450; item += 1) void grouped.do(item);
    tick();
    expect(groups.map(({ items }) => items.length)).toEqual([200, 200]);
    expect(groups.flatMap(({ items }) => items)).toEqual(Array.from({ length: 400 }, (_, item) => item));
  });

  it('gives an error of one item to its caller alone', async () => {
    const { grouped, groups, tick } = bench();
    const answers = Promise.allSettled([1, 2].map((item) => grouped.do(item)));
    tick();
    await groups[0]?.answer([new Error('bad item'), 'good']);
    expect(await answers).toMatchObject([
      { status: 'rejected', reason: { message: 'bad item' } },
      { status: 'fulfilled', value: 'good' },
    ]);
  });

  it('gives an error of the whole group to every caller, and goes on', async () => {
    const { grouped, groups, tick } = bench();
    const answers = Promise.allSettled([1, 2].map((item) => grouped.do(item)));
    tick();
    await groups[0]?.fail(new Error('away'));
    expect(await answers).toMatchObject([{ reason: { message: 'away' } }, { reason: { message: 'away' } }]);
    const next = grouped.do(3);
    tick();
    await groups[1]?.answer();
    expect(await next).toBe('answer 3');
  });

  it('never leaves a caller without an answer', async () => {
    const { grouped, groups, tick } = bench();
    const answers = Promise.allSettled([1, 2].map((item) => grouped.do(item)));
    tick();
    await groups[0]?.answer(['only one']);
    expect(await answers).toMatchObject([{ value: 'only one' }, { reason: { message: 'a group of 2 got 1 answers' } }]);
  });
});
