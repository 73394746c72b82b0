import { z } from 'zod';

/** Far above any bill, far below where a double loses paise. */
const MAX_AMOUNT = 1_000_000_000;

/** A sum of money in units of its currency (rupees, not paise): a number, never text, at least 0. Formatted only in templates. */
export const amount = (): z.ZodNumber =>
  z.number().min(0).max(MAX_AMOUNT).describe('In units of the currency (rupees)');

/** ISO 4217, three capital letters: `INR`. */
export const currency = (): z.ZodString =>
  z
    .string()
    .regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code such as INR')
    .describe('ISO 4217');
