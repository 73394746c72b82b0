import { field, type FieldOptions } from './field.js';

/** A whole number between two bounds; from an address it comes as text. */
export function WholeNumberField(
  options: FieldOptions & { readonly least: number; readonly most: number },
): PropertyDecorator {
  const { least, most } = options;
  return field(
    {
      name: 'whole number',
      schema: { type: 'integer', minimum: least, maximum: most },
      read: (value) => (typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value),
      fault: (value) =>
        typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most
          ? undefined
          : `must be a whole number from ${least} to ${most}`,
    },
    options,
  );
}
