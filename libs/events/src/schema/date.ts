import { z } from 'zod';

/** A calendar day without a zone, `YYYY-MM-DD`: the day in the customer's own city. Days that do not exist are refused. */
export const calendarDay = (): z.ZodISODate => z.iso.date('must be a day as YYYY-MM-DD').describe('A day, YYYY-MM-DD');

/** A moment: RFC 3339 with `Z` or an offset, any number of decimals. A local time without an offset is refused. */
export const moment = (): z.ZodISODateTime =>
  z.iso
    .datetime({ offset: true, error: 'must be a moment as 2026-02-01T06:00:00+05:30 or …Z' })
    .describe('RFC 3339 with an offset');
