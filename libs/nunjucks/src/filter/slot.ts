import { readMoment, readTime } from './calendar.js';
import { tellDate } from './date.js';
import { tellText } from './text.js';
import { wordingOf } from './wording.js';

/**
 * A slot as people say it: `06:00-08:00` → `6-8 AM`, `2026-02-01 08:00-10:00` → `February 1, 8-10 AM`. A day or an instant
 * is told as `date` tells it; other text (`6-8 AM`) stays.
 */
export function tellSlot(input: unknown, language: string): string | undefined {
  if (typeof input !== 'string') return tellText(input);
  const match = /^(?:(\d{4}-\d{2}-\d{2})[ T])?(\d{1,2}:\d{2})\s*[-–]\s*(\d{1,2}:\d{2})$/.exec(input.trim());
  const from = readTime(match?.[2] ?? '');
  const to = readTime(match?.[3] ?? '');
  const day = match?.[1] === undefined ? undefined : readMoment(match[1]);
  if (from === undefined || to === undefined || (match?.[1] !== undefined && day === undefined))
    return tellDate(input, language);
  const wording = wordingOf(language);
  const span = wording.timeSpan(from, to);
  return day === undefined ? span : `${wording.day(day)}, ${span}`;
}
