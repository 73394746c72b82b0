import { field, type FieldOptions } from '../field/field.js';
import { failureGroupOf } from './failure-group-id.js';

/** A group of `GET /failures`, by the opaque name it has there. */
export function FailureGroupField(options: FieldOptions): PropertyDecorator {
  return field(
    {
      name: 'group',
      schema: { type: 'string' },
      fault: (value) =>
        typeof value === 'string' && failureGroupOf(value) !== undefined
          ? undefined
          : 'must be the group of GET /failures, as it is',
    },
    options,
  );
}
