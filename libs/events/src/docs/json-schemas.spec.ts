import { eventCatalogue } from '../event-catalogue.js';
import { asyncApiDocument } from './asyncapi.js';
import { jsonSchemaOf } from './json-schemas.js';

/** Every `$ref` in a document. */
const referencesIn = (value: unknown): string[] =>
  typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).flatMap(([key, inner]) =>
        key === '$ref' && typeof inner === 'string' ? [inner] : referencesIn(inner),
      );

const resolve = (document: unknown, reference: string): unknown =>
  reference
    .replace('#/', '')
    .split('/')
    .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], document);

describe('the JSON Schema of an event', () => {
  it('allows further fields, and demands what the type needs', () => {
    const schema = jsonSchemaOf('subscription.paused');
    expect(schema).not.toHaveProperty('additionalProperties');
    expect(schema).toMatchObject({
      title: 'subscription.paused',
      required: ['specversion', 'id', 'source', 'time', 'type', 'data'],
      properties: {
        type: { const: 'subscription.paused' },
        data: { required: ['customer', 'subscription_id', 'product_name'] },
      },
    });
  });
});

describe('the AsyncAPI document', () => {
  const document = asyncApiDocument();

  it('has a channel, an operation and a message for every type', () => {
    expect(Object.keys(document.channels)).toEqual(eventCatalogue.types);
    expect(Object.keys(document.operations)).toHaveLength(eventCatalogue.types.length);
    expect(Object.keys(document.components.messages)).toEqual(eventCatalogue.types);
  });

  it('refers only to what it contains', () => {
    const references = referencesIn(document);
    expect(references).toHaveLength(4 * eventCatalogue.types.length + 1);
    for (const reference of references) expect(resolve(document, reference)).toBeDefined();
  });
});
