import type { Moment, TimeOfDay } from './calendar.js';

/**
 * How days and times of day are told in one language. Written out instead of taken from ICU, whose wording and spaces change
 * between Node versions: what customers read must not.
 */
export interface Wording {
  /** January to December. */
  readonly months: readonly string[];
  day(moment: Moment): string;
  time(time: TimeOfDay): string;
  timeSpan(from: TimeOfDay, to: TimeOfDay): string;
}

/** The wording of a template's language; English for one that we have no words for. */
export function wordingOf(language: string): Wording {
  return language === 'hi' ? hindi : english;
}

/** Every wording, by language. */
export const english: Wording = {
  months: [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
  ],
  day: ({ month, day }) => `${monthOf(english, month)} ${day}`,
  time: (time) => `${clock(time)} ${half(time)}`,
  timeSpan: (from, to) =>
    half(from) === half(to)
      ? `${clock(from)}-${clock(to)} ${half(to)}`
      : `${clock(from)} ${half(from)}-${clock(to)} ${half(to)}`,
};

/** Hindi names the part of the day instead of AM and PM. */
export const hindi: Wording = {
  months: ['जनवरी', 'फ़रवरी', 'मार्च', 'अप्रैल', 'मई', 'जून', 'जुलाई', 'अगस्त', 'सितंबर', 'अक्टूबर', 'नवंबर', 'दिसंबर'],
  day: ({ month, day }) => `${day} ${monthOf(hindi, month)}`,
  time: (time) => `${partOfDay(time)} ${clock(time)} बजे`,
  timeSpan: (from, to) =>
    partOfDay(from) === partOfDay(to)
      ? `${partOfDay(from)} ${clock(from)} से ${clock(to)} बजे`
      : `${partOfDay(from)} ${clock(from)} से ${partOfDay(to)} ${clock(to)} बजे`,
};

/** The name of month 1 to 12. */
export function monthOf(wording: Wording, month: number): string {
  return wording.months[month - 1] ?? String(month);
}

function clock({ hour, minute }: TimeOfDay): string {
  const twelve = hour % 12 === 0 ? 12 : hour % 12;
  return minute === 0 ? String(twelve) : `${twelve}:${String(minute).padStart(2, '0')}`;
}

function half({ hour }: TimeOfDay): string {
  return hour < 12 ? 'AM' : 'PM';
}

/** Morning from 4, midday from 12, evening from 16, night from 20. */
function partOfDay({ hour }: TimeOfDay): string {
  if (hour < 4 || hour >= 20) return 'रात';
  if (hour < 12) return 'सुबह';
  return hour < 16 ? 'दोपहर' : 'शाम';
}
