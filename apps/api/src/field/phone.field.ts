import { parsePhone } from '@earlybird/core';
import { field, type FieldOptions } from './field.js';

/** A mobile number in international format with `+`; read into E.164. */
export function PhoneField(options: FieldOptions): PropertyDecorator {
  return field(
    {
      name: 'phone',
      schema: { type: 'string', pattern: String.raw`^\+[1-9]\d{6,14}$` },
      read: (value) => (typeof value === 'string' ? readPhone(value) : value),
      fault: (value) => (typeof value === 'string' ? faultOf(value) : 'must be text such as "+919876543210"'),
    },
    { example: '+919876543210', ...options },
  );
}

function readPhone(text: string): string {
  const parsed = parsePhone(withPlus(text));
  return parsed.ok ? parsed.phone : text;
}

function faultOf(text: string): string | undefined {
  const parsed = parsePhone(withPlus(text));
  return parsed.ok ? undefined : parsed.reason;
}

/** In an address an unescaped `+` means a space. */
function withPlus(text: string): string {
  return /^ \d/.test(text) ? `+${text.slice(1)}` : text;
}
