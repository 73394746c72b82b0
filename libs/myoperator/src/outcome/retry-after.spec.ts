import { retryAfterMs } from './retry-after.js';

const now = Date.parse('2026-01-27T10:30:00Z');

describe('Retry-After', () => {
  it.each([
    ['2', 2_000],
    [' 2 ', 2_000],
    ['0', 1_000],
    ['1.5', 1_500],
    ['99999999', 3_600_000],
    ['Tue, 27 Jan 2026 10:31:00 GMT', 60_000],
    ['Tue, 27 Jan 2026 10:29:00 GMT', 1_000],
    ['Wed, 28 Jan 2026 10:29:00 GMT', 3_600_000],
    ['', undefined],
    ['soon', undefined],
    ['-5', undefined],
    [undefined, undefined],
  ])('%j asks to wait %j ms', (header, expected) => {
    expect(retryAfterMs(header, now)).toBe(expected);
  });
});
