import fc from 'fast-check';
import { DateTime } from 'luxon';
import { type DailyWindow, complement, firstInstantOutside, isTimeZone, isWithin } from './quiet-hours.js';

const minuteMs = 60_000;
/** One offset all year, half and quarter hours, changes by 60 and by 30 minutes, north and south. */
const zones = [
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'UTC',
  'Europe/London',
  'America/New_York',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'Pacific/Auckland',
] as const;

const zone = fc.constantFrom(...zones);
const time = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom(0, 1, 15, 30, 59))
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
const window: fc.Arbitrary<DailyWindow> = fc.record({ start: time, end: time });
/** Any second of 2026, and often one of a night on which clocks change. */
const instant = fc.oneof(
  fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 0, 1) }),
  fc
    .tuple(
      fc.constantFrom(
        Date.UTC(2026, 2, 8),
        Date.UTC(2026, 10, 1),
        Date.UTC(2026, 2, 29),
        Date.UTC(2026, 9, 25),
        Date.UTC(2026, 3, 4),
        Date.UTC(2026, 9, 3),
      ),
      fc.integer({ min: -86_400_000, max: 86_400_000 }),
    )
    .map(([night, offset]) => night + offset),
);

/** What the clock on the wall shows, by another library. */
function wallMinute(ms: number, inZone: string): number {
  const { hour, minute } = DateTime.fromMillis(ms, { zone: inZone });
  return hour * 60 + minute;
}

function minutesOf(text: string): number {
  return Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
}

/** Membership by walking the window minute by minute, without any comparison across midnight. */
function minutesIn({ start, end }: DailyWindow): ReadonlySet<number> {
  const minutes = new Set<number>();
  for (let minute = minutesOf(start); minute !== minutesOf(end); minute = (minute + 1) % 1_440) minutes.add(minute);
  return minutes;
}

describe('quiet hours', () => {
  it('hold what the clock on the recipient’s wall says, across midnight and clock changes', () => {
    fc.assert(
      fc.property(window, instant, zone, (quiet, ms, inZone) => {
        expect(isWithin(quiet, new Date(ms), inZone)).toBe(minutesIn(quiet).has(wallMinute(ms, inZone)));
      }),
      { numRuns: 500 },
    );
  });

  it('end at the first minute that no window covers', () => {
    fc.assert(
      fc.property(fc.array(window, { maxLength: 2 }), instant, zone, (windows, ms, inZone) => {
        const covered = windows.map(minutesIn);
        const isQuiet = (at: number) => covered.some((minutes) => minutes.has(wallMinute(at, inZone)));
        const end = firstInstantOutside(windows, new Date(ms), inZone);
        if (end === undefined) {
          expect(new Set(covered.flatMap((minutes) => [...minutes])).size).toBeGreaterThan(1_440 - 120);
          return;
        }
        expect(isQuiet(end.getTime())).toBe(false);
        if (end.getTime() !== ms) expect(end.getTime() % minuteMs).toBe(0);
        for (let at = ms; at < end.getTime(); at += minuteMs) expect(isQuiet(at)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it.each<[string, DailyWindow, string, string, string]>([
    ['at night', { start: '22:00', end: '07:00' }, '2026-02-01T22:30+05:30', 'Asia/Kolkata', '2026-02-02T07:00+05:30'],
    [
      'after midnight',
      { start: '22:00', end: '07:00' },
      '2026-02-02T03:00+05:30',
      'Asia/Kolkata',
      '2026-02-02T07:00+05:30',
    ],
    [
      'to the second',
      { start: '22:00', end: '07:00' },
      '2026-02-02T06:59:59.999+05:30',
      'Asia/Kolkata',
      '2026-02-02T07:00+05:30',
    ],
    [
      'when the hour of their end is skipped',
      { start: '22:00', end: '02:30' },
      '2026-03-08T01:59-05:00',
      'America/New_York',
      '2026-03-08T03:00-04:00',
    ],
    [
      'when the hour of their end comes twice',
      { start: '22:00', end: '01:30' },
      '2026-11-01T01:00-04:00',
      'America/New_York',
      '2026-11-01T01:30-04:00',
    ],
    [
      'and again in the second of both',
      { start: '22:00', end: '01:30' },
      '2026-11-01T01:10-05:00',
      'America/New_York',
      '2026-11-01T01:30-05:00',
    ],
    [
      'when half an hour is skipped',
      { start: '23:00', end: '02:15' },
      '2026-10-04T01:59+10:30',
      'Australia/Lord_Howe',
      '2026-10-04T02:30+11:00',
    ],
  ])('end %s', (_when, quiet, now, inZone, end) => {
    expect(firstInstantOutside([quiet], new Date(now), inZone)).toEqual(new Date(end));
  });

  it('do not begin before their first minute or last into their end', () => {
    const quiet = { start: '22:00', end: '07:00' };
    for (const now of ['2026-02-01T21:59:59.999+05:30', '2026-02-02T07:00+05:30'])
      expect(firstInstantOutside([quiet], new Date(now), 'Asia/Kolkata')).toEqual(new Date(now));
  });

  it('are none at all when they begin where they end', () => {
    fc.assert(
      fc.property(time, instant, zone, (at, ms, inZone) => {
        expect(isWithin({ start: at, end: at }, new Date(ms), inZone)).toBe(false);
      }),
    );
  });

  it('never end when windows cover the whole day', () => {
    const windows = [
      { start: '10:00', end: '21:00' },
      { start: '21:00', end: '10:00' },
    ];
    expect(firstInstantOutside(windows, new Date(Date.UTC(2026, 1, 1)), 'Asia/Kolkata')).toBeUndefined();
  });

  it('and their complement share out every minute', () => {
    fc.assert(
      fc.property(window, instant, zone, (quiet, ms, inZone) => {
        fc.pre(quiet.start !== quiet.end);
        expect(isWithin(complement(quiet), new Date(ms), inZone)).toBe(!isWithin(quiet, new Date(ms), inZone));
      }),
    );
  });

  it('go by Asia/Kolkata where a zone is on record that does not exist', () => {
    const now = new Date('2026-02-01T22:30+05:30');
    expect(firstInstantOutside([{ start: '22:00', end: '07:00' }], now, 'Mars/Olympus')).toEqual(
      new Date('2026-02-02T07:00+05:30'),
    );
  });
});

describe('a time zone', () => {
  it.each([...zones])('%s is one', (name) => {
    expect(isTimeZone(name)).toBe(true);
  });

  it.each(['', 'Mars/Olympus', 'IST+5', '22:00'])('%j is none', (name) => {
    expect(isTimeZone(name)).toBe(false);
  });
});
