import { type ArgumentMetadata, Injectable, ValidationPipe } from '@nestjs/common';
import { type ValidationError } from 'class-validator';
import { invalidFields, Problem, type WrongField } from './problem.js';

/** Checks a body against its class; every wrong field is named, and one that the class does not know is wrong. */
@Injectable()
export class FieldsPipe extends ValidationPipe {
  constructor() {
    super({
      transform: true,
      whitelist: true,
      forbidNonWhitelisted: true,
      stopAtFirstError: true,
      exceptionFactory: (errors) => invalidFields(errors.flatMap((error) => wrongFieldsIn(error))),
    });
  }

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    // A list would be checked item by item and pass.
    if (metadata.type === 'body' && Array.isArray(value)) {
      throw new Problem('invalid_fields', 'The body must be a JSON object.', [
        { field: '', message: 'must be an object' },
      ]);
    }
    return super.transform(value, metadata) as Promise<unknown>;
  }
}

function wrongFieldsIn({ property, constraints, children = [] }: ValidationError, parent = ''): readonly WrongField[] {
  const field = `${parent}${property}`;
  return [
    ...Object.entries(constraints ?? {}).map(([rule, message]) => ({ field, message: ownWords[rule] ?? message })),
    ...children.flatMap((child) => wrongFieldsIn(child, `${field}.`)),
  ];
}

/** Where the validator's own words are about classes instead of bodies. */
const ownWords: Readonly<Record<string, string>> = { whitelistValidation: 'is no field that is known here' };
