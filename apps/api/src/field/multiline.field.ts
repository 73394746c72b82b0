import { field, type FieldOptions } from './field.js';

// eslint-disable-next-line no-control-regex
const controlCharacters = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/** A field of text of several lines, e.g. a template. */
export function MultilineField(options: FieldOptions & { readonly longest: number }): PropertyDecorator {
  const { longest } = options;
  return field(
    {
      name: 'text',
      schema: { type: 'string', minLength: 1, maxLength: longest },
      fault: (value) => {
        if (typeof value !== 'string') return 'must be text';
        if (value.trim() === '') return 'must not be empty';
        if (value.length > longest) return `must have at most ${longest} characters`;
        return controlCharacters.test(value) ? 'must not contain control characters' : undefined;
      },
    },
    options,
  );
}
