import { type z } from 'zod';

/**
 * One environment variable: how its text is read, and what docs/configuration.md and .env.example say about it.
 *
 * The schema gets the trimmed text, or undefined when the variable is absent or blank.
 */
export interface Variable<Schema extends z.ZodType = z.ZodType> {
  readonly schema: Schema;
  /** One sentence, with the unit. */
  readonly meaning: string;
  /** A value that has the right form. Of a secret it is a placeholder, which is refused when it was left in place. */
  readonly example: string;
  /** Its value appears in no fault, log line or document. True for addresses that carry a password, too. */
  readonly secret: boolean;
}

/** Declares an ordinary variable. */
export function variable<Schema extends z.ZodType>(schema: Schema, meaning: string, example: string): Variable<Schema> {
  return { schema, meaning, example, secret: false };
}

/** Declares a variable whose value is never shown, and whose `placeholder` is never taken for a value. */
export function secretVariable<Schema extends z.ZodType>(
  schema: Schema,
  meaning: string,
  placeholder: string,
): Variable<Schema> {
  return { schema, meaning, example: placeholder, secret: true };
}
