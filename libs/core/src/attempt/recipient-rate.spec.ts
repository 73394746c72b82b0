import { RecipientBuckets } from './recipient-rate.js';

const phone = '+919876543210';
const patienceMs = 2_000;
const buckets = () => new RecipientBuckets({ burst: 10, refillMs: 6_000 });
const takeTimes = (taken: RecipientBuckets, times: number, now = 0) =>
  Array.from({ length: times }, () => taken.take(phone, now, patienceMs));

describe('the rate of one customer', () => {
  it('lets ten go in a row and asks for six seconds then', () => {
    expect(takeTimes(buckets(), 12)).toEqual([...Array.from({ length: 10 }, () => 0), 6_000, 6_000]);
  });

  it('gives one more every six seconds, and never more than ten', () => {
    const taken = buckets();
    takeTimes(taken, 10);
    expect(takeTimes(taken, 2, 6_000)).toEqual([0, 6_000]);
    expect(takeTimes(taken, 11, 10_000_000)).toEqual([...Array.from({ length: 10 }, () => 0), 6_000]);
  });

  it('promises a token that comes soon, to one only', () => {
    const taken = buckets();
    takeTimes(taken, 10);
    expect(takeTimes(taken, 2, 4_500).map(Math.round)).toEqual([1_500, 7_500]);
  });

  it('gives back what was not used', () => {
    const taken = buckets();
    takeTimes(taken, 10);
    taken.giveBack(phone, 0);
    expect(takeTimes(taken, 2)).toEqual([0, 6_000]);
  });

  it('is each customer for itself', () => {
    const taken = buckets();
    takeTimes(taken, 10);
    expect(taken.take('+919876543211', 0, patienceMs)).toBe(0);
  });

  it('forgets whom it has not heard of the longest', () => {
    const taken = buckets();
    takeTimes(taken, 10);
    for (let other = 0; other < 20_000; other += 1) taken.take(`other ${other}`, 0, patienceMs);
    expect(taken.take(phone, 0, patienceMs)).toBe(0);
  });
});
