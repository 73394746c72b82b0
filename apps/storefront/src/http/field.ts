import { applyDecorators } from '@nestjs/common';
import { IsISO8601, IsNumber, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator';

/** A field that may be absent; `null` counts as absent. */
export const Optional = IsOptional;

/** Text of at most `maxLength` characters that is not blank. */
export const Text = (maxLength: number) =>
  applyDecorators(Matches(/\S/, { message: 'must not be blank' }), MaxLength(maxLength), IsString());

/** An identifier: at most 120 letters, digits and `_ . : -`. */
export const Identifier = () =>
  applyDecorators(Matches(identifierForm, { message: 'must be at most 120 letters, digits and _ . : -' }), IsString());

/** See `Identifier`; ids in paths have the same form. */
export const identifierForm = /^[\w.:-]{1,120}$/;

/** A day that exists, as `2026-02-01`. */
export const Day = () =>
  applyDecorators(
    IsISO8601({ strict: true }, { message: 'must be a day that exists' }),
    Matches(/^\d{4}-\d{2}-\d{2}$/, { message: 'must be a day as 2026-02-01' }),
  );

/** A moment with its offset, as `2026-02-01T06:42:00+05:30`. */
export const Moment = () =>
  applyDecorators(
    IsISO8601({ strict: true, strictSeparator: true }, { message: 'must be a moment that exists' }),
    Matches(/T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/, {
      message: 'must be a moment as 2026-02-01T06:42:00+05:30',
    }),
  );

/** A sum of money in rupees (or units of the given currency), with at most two decimals. */
export const Money = () =>
  applyDecorators(
    Max(1_000_000_000),
    Min(0),
    IsNumber({ maxDecimalPlaces: 2 }, { message: 'must be an amount as 249.50' }),
  );

/** ISO 4217. */
export const Currency = () => Matches(/^[A-Z]{3}$/, { message: 'must be an ISO 4217 code such as INR' });
