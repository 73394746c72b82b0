import { endOfDay, slotStart } from './slot.js';

const indian = (text: string) => new Date(`${text}+05:30`);

describe('the start of a slot', () => {
  it.each([
    ['06:00-08:00', '2026-02-01', '2026-02-01T06:00'],
    [' 18:30 – 20:00 ', '2026-02-01', '2026-02-01T18:30'],
    ['2026-02-03 08:00-10:00', undefined, '2026-02-03T08:00'],
    ['2026-02-03T08:00-10:00', undefined, '2026-02-03T08:00'],
    ['2026-02-03 08:00-10:00', '2026-02-01', '2026-02-03T08:00'],
    ['00:00-06:00', '2026-02-01', '2026-02-01T00:00'],
  ])('%j on %s is %s in India', (slot, day, start) => {
    expect(slotStart(slot, day)).toEqual(indian(start));
  });

  it.each([
    ['6-8 AM', '2026-02-01'],
    ['morning', '2026-02-01'],
    ['06:00-08:00', undefined],
    ['26:00-28:00', '2026-02-01'],
    ['06:00', '2026-02-01'],
    ['', '2026-02-01'],
  ])('%j on %s is not known', (slot, day) => {
    expect(slotStart(slot, day)).toBeUndefined();
  });
});

describe('the end of a day', () => {
  it('is the midnight after it in India', () => {
    expect(endOfDay('2026-02-01')).toEqual(indian('2026-02-02T00:00'));
    expect(endOfDay('2026-02-26', 3)).toEqual(indian('2026-03-02T00:00'));
  });

  it('is not known of a text that is no day', () => {
    expect(endOfDay('soon')).toBeUndefined();
  });
});
