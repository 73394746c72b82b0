import { type FieldIssue } from '../problem/problem.js';
import { field, type FieldOptions } from './field.js';

/** No template asks for more. */
const limits = { variables: 50, textLength: 2_000, items: 200 } as const;

/** What fills a template: an object of named values. `contextIssues` judges the values. */
export function ContextField(options: FieldOptions): PropertyDecorator {
  return field(
    {
      name: 'context',
      schema: { type: 'object', additionalProperties: true, maxProperties: limits.variables },
      fault: (value) =>
        typeof value === 'object' && value !== null && !Array.isArray(value)
          ? undefined
          : 'must be an object such as {"customer_name": "John"}',
    },
    options,
  );
}

/** What is wrong with single variables: odd names, values that are neither text nor number, too much of either. */
export function contextIssues(context: unknown, path = 'context'): readonly FieldIssue[] {
  if (typeof context !== 'object' || context === null) return [];
  const entries = Object.entries(context);
  if (entries.length > limits.variables)
    return [{ field: path, message: `must have at most ${limits.variables} variables` }];
  return entries.flatMap(([name, value]) => {
    const message = faultOfName(name) ?? faultOfValue(value);
    return message === undefined ? [] : [{ field: `${path}.${name.slice(0, 60)}`, message }];
  });
}

function faultOfName(name: string): string | undefined {
  return /^[A-Za-z][A-Za-z0-9_]{0,59}$/.test(name) ? undefined : 'is no name: use letters, digits and _';
}

function faultOfValue(value: unknown): string | undefined {
  if (isSimple(value)) return undefined;
  if (typeof value === 'string') return `must have at most ${limits.textLength} characters`;
  if (!Array.isArray(value)) return 'must be text, a number, true, false or a list';
  if (value.length > limits.items) return `must have at most ${limits.items} items`;
  return value.every(isItem) ? undefined : 'must be a list of text, numbers or flat objects';
}

function isSimple(value: unknown): boolean {
  if (typeof value === 'string') return value.length <= limits.textLength;
  return value === null || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value));
}

/** One line of an order, e.g. `{"name": "Cow milk", "quantity": 2}`. */
function isItem(item: unknown): boolean {
  if (typeof item !== 'object' || item === null) return isSimple(item);
  return (
    !Array.isArray(item) &&
    Object.entries(item).every(([name, value]) => faultOfName(name) === undefined && isSimple(value))
  );
}
