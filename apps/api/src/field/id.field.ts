import { field } from './field.js';

/** What an id of a kind looks like, as `newId` of core makes it. */
export function idPattern(prefix: string): RegExp {
  return new RegExp(`^${prefix}_[0-9a-z]{10,60}$`);
}

/** The id of one of our own things, e.g. `msg_0mb3k2x9p4f7abc`, named by an address. */
export function IdField(prefix: string, thing: string): PropertyDecorator {
  const pattern = idPattern(prefix);
  return field(
    {
      name: 'id',
      schema: { type: 'string', pattern: pattern.source },
      fault: (value) =>
        typeof value === 'string' && pattern.test(value)
          ? undefined
          : `must be an id such as ${prefix}_0mb3k2x9p4f7abc`,
    },
    { description: `The id of a ${thing}.`, example: `${prefix}_0mb3k2x9p4f7abcdefghijklm` },
  );
}
