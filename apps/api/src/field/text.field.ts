import { field, type FieldOptions } from './field.js';

/** Identifiers and references of other systems fit; a paragraph does not. */
const usualLongest = 120;

// eslint-disable-next-line no-control-regex
const controlCharacters = /[\u0000-\u001f\u007f]/;

/** A field of one line of text. */
export function TextField(options: FieldOptions & { readonly longest?: number }): PropertyDecorator {
  const { longest = usualLongest } = options;
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

/** A field that takes one of a few words. */
export function ChoiceField(options: FieldOptions & { readonly choices: readonly string[] }): PropertyDecorator {
  const { choices } = options;
  return field(
    {
      name: 'choice',
      schema: { type: 'string', enum: [...choices] },
      fault: (value) =>
        typeof value === 'string' && choices.includes(value) ? undefined : `must be one of ${choices.join(', ')}`,
    },
    options,
  );
}

/** A language tag such as `en` or `hi`. */
export function LanguageField(options: FieldOptions): PropertyDecorator {
  return field(
    {
      name: 'language',
      schema: { type: 'string', pattern: language.source, maxLength: 35 },
      fault: (value) =>
        typeof value === 'string' && value.length <= 35 && language.test(value)
          ? undefined
          : 'must be a language tag such as en or hi',
    },
    options,
  );
}

const language = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;

/** True or false; as text too, for it may come from an address. */
export function FlagField(options: FieldOptions): PropertyDecorator {
  return field(
    {
      name: 'flag',
      schema: { type: 'boolean' },
      read: (value) => (value === 'true' ? true : value === 'false' ? false : value),
      fault: (value) => (typeof value === 'boolean' ? undefined : 'must be true or false'),
    },
    options,
  );
}
