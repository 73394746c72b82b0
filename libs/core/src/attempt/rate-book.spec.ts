import fc from 'fast-check';
import { after, testStart } from '@earlybird/testing';
import { type RateBook, takeShare } from './rate-book.js';

const empty: RateBook = { seats: [] };
const second = Math.floor(testStart.getTime() / 1_000);

/** Lets workers ask one after the other: [worker, second, wanted]; answers with what each got. */
function askAll(asks: readonly (readonly [string, number, number])[], ratePerSecond = 20, start = empty) {
  let book = start;
  return asks.map(([worker, at, wanted]) => {
    const taken = takeShare(book, { worker, second: at, wanted, ratePerSecond });
    book = taken.book;
    return taken.share;
  });
}

describe('the shares of a second', () => {
  it('are the whole rate for a worker that is alone and wishes for more than half of it', () => {
    expect(askAll([['a', second, 11]])).toEqual([20]);
  });

  it('leave half of what is free to who comes in the middle of the second, while nobody needs it', () => {
    const asks = [
      ['a', second, 1],
      ['b', second, 1],
      ['c', second, 100],
      ['d', second, 1],
    ] as const;
    expect(askAll(asks)).toEqual([10, 5, 5, 0]);
  });

  it('are nothing for who comes when another needs everything, and a fair part in the next second', () => {
    const asks = [
      ['a', second, 100],
      ['b', second, 100],
      ['a', second + 1, 100],
      ['b', second + 1, 100],
    ] as const;
    expect(askAll(asks)).toEqual([20, 0, 10, 10]);
  });

  it('leave to a worker with little to send no more than it wishes for', () => {
    const asks = [
      ['a', second, 100],
      ['b', second, 2],
      ['a', second + 1, 100],
      ['b', second + 1, 2],
    ] as const;
    expect(askAll(asks)).toEqual([20, 0, 18, 2]);
  });

  it('do not change when they are asked for twice', () => {
    expect(
      askAll([
        ['a', second, 1],
        ['a', second, 100],
      ]),
    ).toEqual([10, 10]);
  });

  it('of a worker that is gone fall to the others after a second', () => {
    const asks = [
      ['a', second, 100],
      ['b', second, 100],
      ['b', second + 1, 100],
      ['b', second + 2, 100],
    ] as const;
    expect(askAll(asks)).toEqual([20, 0, 10, 20]);
  });

  it('of the second that runs are remembered when a worker has the next one already', () => {
    const asks = [
      ['a', second, 100],
      ['a', second + 1, 100],
      ['b', second, 100],
    ] as const;
    expect(askAll(asks)).toEqual([20, 20, 0]);
  });

  it('are nothing while the number rests', () => {
    const resting: RateBook = { seats: [], restUntil: after(1_500) };
    const asks = [
      ['a', second, 5],
      ['a', second + 1, 5],
      ['a', second + 2, 5],
    ] as const;
    expect(askAll(asks, 20, resting)).toEqual([0, 0, 10]);
  });

  it('may be parts of a message', () => {
    const asks = [
      ['a', second, 5],
      ['b', second, 5],
      ['a', second + 1, 5],
      ['b', second + 1, 5],
    ] as const;
    expect(askAll(asks, 1)).toEqual([1, 0, 0.5, 0.5]);
  });

  it('never add up to more than the rate, whoever asks when and for how much', () => {
    const ask = fc.record({
      worker: fc.constantFrom('a', 'b', 'c', 'd'),
      ahead: fc.constantFrom(0, 0, 0, 1),
      passes: fc.constantFrom(0, 0, 0, 1, 2),
      wanted: fc.integer({ min: 1, max: 200 }),
    });
    fc.assert(
      fc.property(fc.array(ask, { maxLength: 60 }), fc.integer({ min: 1, max: 100 }), (asks, ratePerSecond) => {
        let book = empty;
        let now = second;
        const given = new Map<string, number>();
        for (const { worker, ahead, passes, wanted } of asks) {
          now += passes;
          const at = now + ahead;
          // A worker asks for seconds in their order.
          if ((book.seats.find((seat) => seat.worker === worker)?.second ?? 0) > at) continue;
          const taken = takeShare(book, { worker, second: at, wanted, ratePerSecond });
          book = taken.book;
          given.set(`${worker} ${at}`, taken.share);
        }
        for (let at = second; at <= now + 1; at += 1) {
          const sum = ['a', 'b', 'c', 'd'].reduce((total, worker) => total + (given.get(`${worker} ${at}`) ?? 0), 0);
          expect(sum).toBeLessThanOrEqual(ratePerSecond + 1e-9);
        }
        expect(book.seats.length).toBeLessThanOrEqual(4);
      }),
    );
  });
});
