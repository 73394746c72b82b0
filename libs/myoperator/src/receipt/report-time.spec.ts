import { reportTime } from './report-time.js';

const receivedAt = new Date('2026-01-27T10:31:00.500Z');

describe('the time of a report', () => {
  it.each([
    ['2026-01-27T10:31:00Z', '2026-01-27T10:31:00.000Z'],
    ['2026-01-27T10:30:59.123456789Z', '2026-01-27T10:30:59.123Z'],
    ['2026-01-27T16:00:59.123456+05:30', '2026-01-27T10:30:59.123Z'],
    ['2026-01-27T16:00:59+0530', '2026-01-27T10:30:59.000Z'],
    ['2026-01-27 10:30:59', '2026-01-27T10:30:59.000Z'],
    ['2026-01-27T10:30:59.999', '2026-01-27T10:30:59.999Z'],
    [1769509859, '2026-01-27T10:30:59.000Z'],
    ['1769509859', '2026-01-27T10:30:59.000Z'],
    [1769509859123, '2026-01-27T10:30:59.123Z'],
    ['2026-01-20T10:30:59Z', '2026-01-20T10:30:59.000Z'],
  ])('%j is %s', (value, expected) => {
    expect(reportTime(value, receivedAt).toISOString()).toBe(expected);
  });

  it('slightly ahead of our clock is now', () => {
    expect(reportTime('2026-01-27T10:33:00Z', receivedAt)).toEqual(receivedAt);
  });

  it.each([
    '2026-13-45T99:99:99Z',
    '0001-01-01T00:00:00Z',
    '2036-01-27T10:31:00Z',
    'yesterday',
    '',
    0,
    NaN,
    -1,
    1e300,
    null,
    undefined,
    {},
    ['2026-01-27T10:31:00Z'],
  ])('that is impossible (%j) is when the report came', (value) => {
    expect(reportTime(value, receivedAt)).toBe(receivedAt);
  });
});
