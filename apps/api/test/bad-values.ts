import { type Schema } from './described.js';

/** What a database would read as a question instead of a value. */
const operator = { $ne: null };
const impossibleMoments = ['2026-02-30', '2026-02-30T06:00:00Z', '2026-02-01T25:00:00Z', 'yesterday', ''];
const numberless = ['9876543210', '919876543210', '+0', '+91 98765 43210 ext. 7', '+912227782183'];

/** Values that a field of a body must refuse, by what its schema says it is. */
export function badValues(schema: Schema): readonly unknown[] {
  const { type, oneOf, maxLength = 0 } = schema;
  if (oneOf !== undefined) return [...impossibleMoments, 7, operator, []];
  switch (type) {
    case 'boolean':
      return ['yes', 7, operator, []];
    case 'integer':
      return [...wrongNumbers(schema), 1.5, 'x', '', operator, [], true];
    case 'array':
      return ['x', 7, operator, [operator], ['']];
    case 'string':
      return [...badTexts(schema), 7, true, operator, [], ['x'], ...(maxLength > 0 ? ['x'.repeat(maxLength + 1)] : [])];
    default:
      return ['x', 7, [], operator];
  }
}

/** Texts that a parameter of an address must refuse. */
export function badParameters(schema: Schema): readonly string[] {
  const { type, oneOf, maxLength = 0 } = schema;
  if (oneOf !== undefined) return impossibleMoments;
  if (type === 'integer') return [...wrongNumbers(schema), '1.5', 'x', '', '1e3', '0x10'].map(String);
  return [...badTexts(schema), '\u0000', ...(maxLength > 0 ? ['x'.repeat(maxLength + 1)] : [])];
}

function wrongNumbers({ minimum, maximum }: Schema): readonly number[] {
  return [...(minimum === undefined ? [] : [minimum - 1, -1]), ...(maximum === undefined ? [] : [maximum + 1])];
}

function badTexts({ format, enum: choices, pattern = '', maxLength }: Schema): readonly string[] {
  if (format === 'date-time') return impossibleMoments;
  if (choices !== undefined) return ['spam', '', '__proto__'];
  if (pattern.startsWith(String.raw`^\+`)) return numberless;
  if (pattern !== '') return ['', 'Not Like This!', '{"$ne":null}', '24:61'];
  return maxLength === undefined ? [''] : ['', ' ', 'a\u0000b'];
}
