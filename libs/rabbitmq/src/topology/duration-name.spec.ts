import { durationName } from './duration-name.js';

describe('the name of a duration', () => {
  it.each([
    [300_000, '5m'],
    [600_000, '10m'],
    [1_200_000, '20m'],
    [60_000, '1m'],
    [30_000, '30s'],
    [90_000, '90s'],
    [5_000, '5s'],
    [1_500, '1500ms'],
    [200, '200ms'],
    [1, '1ms'],
    [3_600_000, '1h'],
    [86_400_000, '24h'],
  ])('%i ms is %s', (durationMs, name) => {
    expect(durationName(durationMs)).toBe(name);
  });

  it.each([0, -1_000, 0.5, Number.NaN, Number.POSITIVE_INFINITY])('%d ms is refused', (durationMs) => {
    expect(() => durationName(durationMs)).toThrow(RangeError);
  });
});
