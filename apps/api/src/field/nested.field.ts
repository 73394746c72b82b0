import { applyDecorators, type Type } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform, Type as Typed } from 'class-transformer';
import { IsDefined, ValidateBy, ValidateIf, ValidateNested } from 'class-validator';
import { type FieldOptions } from './field.js';

/** A field that holds an object with fields of its own; their faults are named with the whole path. */
export function NestedField(of: Type, { description, optional = false }: FieldOptions): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ type: of, description, required: !optional }),
    Typed(() => of),
    Transform(({ value }: { value: unknown }) => (value === null && optional ? undefined : value)),
    ...(optional ? [ValidateIf((_, value) => value !== undefined)] : [IsDefined({ message: 'is missing' })]),
    ValidateBy({
      name: 'object',
      validator: {
        validate: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
        defaultMessage: () => 'must be an object',
      },
    }),
    ValidateNested(),
  );
}
