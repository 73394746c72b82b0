import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ValidateBy, ValidateIf } from 'class-validator';

/** What every field tells about itself. */
export interface FieldOptions {
  readonly description: string;
  readonly example?: unknown;
  readonly optional?: boolean;
}

/** How a field is read and judged. */
export interface FieldRule {
  readonly name: string;
  /** The value as the handler wants it; whatever cannot be read is handed on as it is. */
  readonly read?: (value: unknown) => unknown;
  /** What is wrong with a value and how to put it right; undefined when nothing is. */
  readonly fault: (value: unknown) => string | undefined;
  readonly schema: ApiPropertyOptions;
}

/** One field: read, checked and documented from one rule. `null` counts as absent in an optional one. */
export function field({ name, read, fault, schema }: FieldRule, options: FieldOptions): PropertyDecorator {
  const { optional = false, description, example } = options;
  const documented = { ...schema, description, required: !optional, ...(example === undefined ? {} : { example }) };
  return applyDecorators(
    ApiProperty(documented as ApiPropertyOptions),
    Transform(({ value }: { value: unknown }) => (value === null && optional ? undefined : (read?.(value) ?? value))),
    ...(optional ? [ValidateIf((_, value) => value !== undefined)] : []),
    ValidateBy({
      name,
      validator: {
        validate: (value) => value !== undefined && fault(value) === undefined,
        defaultMessage: (about) => (about?.value === undefined ? 'is missing' : (fault(about.value) ?? 'is wrong')),
      },
    }),
  );
}
