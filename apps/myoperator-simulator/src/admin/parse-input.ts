import { BadRequestException } from '@nestjs/common';
import { type z } from 'zod';

/** Reads a query or a body, or answers 400 with every fault named. */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const faults = result.error.issues.map(({ path, message }) => `${path.map(String).join('.') || 'body'}: ${message}`);
  throw new BadRequestException({ code: 'invalid_input', faults });
}
