import { boundsOfDay, dayOf, daysBetween } from './day.js';

describe('a day of Asia/Kolkata', () => {
  it.each([
    ['2026-01-31T18:29:59.999Z', '2026-01-31'],
    ['2026-01-31T18:30:00.000Z', '2026-02-01'],
    ['2026-02-01T18:29:59.999Z', '2026-02-01'],
  ])('holds %s: %s', (instant, day) => {
    expect(dayOf(new Date(instant))).toBe(day);
  });

  it('begins at half past six in the evening of UTC', () => {
    expect(boundsOfDay('2026-02-01')).toEqual({
      from: new Date('2026-01-31T18:30:00Z'),
      to: new Date('2026-02-01T18:30:00Z'),
    });
  });

  it('follows another', () => {
    expect(daysBetween(new Date('2026-02-27T20:00:00Z'), new Date('2026-03-01T20:00:00Z'))).toEqual([
      '2026-02-28',
      '2026-03-01',
      '2026-03-02',
    ]);
    const now = new Date('2026-02-27T20:00:00Z');
    expect(daysBetween(now, now)).toEqual(['2026-02-28']);
  });
});
