import { median, percentile } from './median.js';

describe('the median', () => {
  it.each([
    [[3, 1, 2], 2],
    [[4, 1, 3, 2], 2.5],
    [[7], 7],
  ])('of %j is %d', (values, expected) => {
    expect(median(values)).toBe(expected);
  });
});

describe('a percentile', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => index + 1);

  it.each([
    [hundred, 0.99, 99],
    [hundred, 0.5, 50],
    [[10, 20], 0.99, 20],
    [[10], 0.5, 10],
  ])('is the least value that so many do not exceed (%#)', (values, share, expected) => {
    expect(percentile(values, share)).toBe(expected);
  });
});
