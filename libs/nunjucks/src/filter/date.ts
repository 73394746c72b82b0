import { type Moment, readMoment } from './calendar.js';
import { tellText } from './text.js';
import { wordingOf } from './wording.js';

/** `2026-02-01` → `February 1`, an instant → `February 1, 6:42 AM` on the wall clock of Asia/Kolkata; other text stays. */
export function tellDate(input: unknown, language: string): string | undefined {
  const moment = momentOf(input);
  if (moment === undefined) return tellText(input);
  const wording = wordingOf(language);
  const day = wording.day(moment);
  return moment.time === undefined ? day : `${day}, ${wording.time(moment.time)}`;
}

/** The day alone, of a day or an instant; other text stays. */
export function tellDay(input: unknown, language: string): string | undefined {
  const moment = momentOf(input);
  return moment === undefined ? tellText(input) : wordingOf(language).day(moment);
}

function momentOf(input: unknown): Moment | undefined {
  return typeof input === 'string' ? readMoment(input) : undefined;
}
