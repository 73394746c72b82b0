import { tellText } from './text.js';
import { english, monthOf, wordingOf } from './wording.js';

/** The month that a bill is for: `2026-01` or `January 2026` in the template's language; other text stays. */
export function tellPeriod(input: unknown, language: string): string | undefined {
  if (typeof input !== 'string') return tellText(input);
  const text = input.trim();
  const numeric = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(text);
  const worded = /^([A-Za-z]+) (\d{4})$/.exec(text);
  const month = numeric === null ? monthNamed(worded?.[1]) : Number(numeric[2]);
  const year = numeric?.[1] ?? worded?.[2];
  return month === undefined || year === undefined ? input : `${monthOf(wordingOf(language), month)} ${year}`;
}

function monthNamed(name: string | undefined): number | undefined {
  const index = english.months.findIndex((month) => month.toLowerCase() === name?.toLowerCase());
  return index < 0 ? undefined : index + 1;
}
