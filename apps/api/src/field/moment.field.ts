import { DateTime } from 'luxon';
import { field, type FieldOptions } from './field.js';

/** Where EarlyBird's days begin and end. */
const dayZone = 'Asia/Kolkata';
const day = /^\d{4}-\d{2}-\d{2}$/;
const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/;

/** An instant in ISO 8601 with `Z` or an offset; read into a Date. */
export function InstantField(options: FieldOptions): PropertyDecorator {
  return field(
    {
      name: 'instant',
      schema: { type: 'string', format: 'date-time' },
      read: (value) => (typeof value === 'string' && instant.test(value) ? dateOf(value) : value),
      fault: (value) =>
        value instanceof Date ? undefined : 'must be an instant such as 2026-02-01T06:00:00+05:30 or …Z',
    },
    { example: '2026-02-01T06:00:00+05:30', ...options },
  );
}

/** An instant, or a day (`2026-02-01`), which means its first moment in Asia/Kolkata; read into a Date. */
export function MomentField(options: FieldOptions): PropertyDecorator {
  return field(
    {
      name: 'moment',
      schema: {
        oneOf: [
          { type: 'string', format: 'date' },
          { type: 'string', format: 'date-time' },
        ],
      },
      read: (value) => (typeof value === 'string' && (day.test(value) || instant.test(value)) ? dateOf(value) : value),
      fault: (value) =>
        value instanceof Date
          ? undefined
          : 'must be a day such as 2026-02-01 or an instant such as 2026-02-01T06:00:00Z',
    },
    { example: '2026-02-01', ...options },
  );
}

/** Undefined for a day or an hour that does not exist. */
function dateOf(text: string): Date | undefined {
  const read = DateTime.fromISO(text, { zone: dayZone });
  return read.isValid ? read.toJSDate() : undefined;
}
