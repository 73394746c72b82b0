import { tellDate, tellDay } from './date.js';
import { tellMoney } from './money.js';
import { tellPeriod } from './period.js';
import { tellSlot } from './slot.js';
import { tellText } from './text.js';

/** Fills in one value. `input` and `args` are what the template gave (absent ones undefined); `language` is the template's. */
export type Filter = (input: unknown, args: readonly unknown[], language: string) => unknown;

/** Every filter that a template may use. */
export const filters = {
  /** 2500 → `₹2,500.00`; an amount that is text already stays as it is. The argument is the currency, INR when absent. */
  money: (input, [currency]) => tellMoney(input, currency),
  /** `2026-02-01` → `February 1`; an instant → `February 1, 6:42 AM`. */
  date: (input, _, language) => tellDate(input, language),
  /** `2026-02-01` and an instant → `February 1`. */
  day: (input, _, language) => tellDay(input, language),
  /** `06:00-08:00` → `6-8 AM`; `2026-02-01 06:00-08:00` → `February 1, 6-8 AM`. */
  slot: (input, _, language) => tellSlot(input, language),
  /** `2026-01` and `January 2026` → `January 2026`, in the template's language. */
  period: (input, _, language) => tellPeriod(input, language),
  upper: (input) => tellText(input)?.toUpperCase(),
  lower: (input) => tellText(input)?.toLowerCase(),
  capitalize: (input) => tellText(input)?.replace(/^\p{L}/u, (letter) => letter.toUpperCase()),
  trim: (input) => tellText(input)?.trim(),
  /** How many items or characters. */
  length: (input) => (typeof input === 'string' || Array.isArray(input) ? input.length : undefined),
  /** `["milk", "ghee"]` → `milk, ghee`; the argument is what stands between. */
  join: (input, [between = ', ']) =>
    Array.isArray(input) ? input.map((item) => tellText(item) ?? '').join(String(between)) : tellText(input),
  /** The value, or the argument where there is none. */
  default: (input, [instead]) => (input === undefined || input === null || input === '' ? instead : input),
} as const satisfies Record<string, Filter>;

export type FilterName = keyof typeof filters;

/** All of them, for error messages. */
export const filterNames = Object.keys(filters);

/** True when there is a filter of this name. */
export function isFilterName(name: string): name is FilterName {
  return Object.hasOwn(filters, name);
}
