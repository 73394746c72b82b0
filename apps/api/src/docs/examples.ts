import { type OpenAPIObject } from '@nestjs/swagger';

type Schemas = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>;
type Schema = Schemas[string];
type SchemaObject = Exclude<Schema, { readonly $ref: string }>;
/** Whether a body comes in or goes out. */
type Use = 'sent' | 'answered';

/**
 * An example of what a schema describes, made of the examples of its properties; a body that is sent leaves out what is
 * optional and has none, and optional moments, which would lie in the past one day.
 */
export function exampleOf(schema: Schema, schemas: Schemas, use: Use): unknown {
  if ('$ref' in schema) return exampleOf(schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {}, schemas, use);
  const { allOf, oneOf, type, items, enum: choices, properties } = schema;
  const example: unknown = schema.example;
  if (example !== undefined) return example;
  const [same] = allOf ?? oneOf ?? [];
  if (same !== undefined) return exampleOf(same, schemas, use);
  if (choices !== undefined) return (choices as readonly unknown[])[0];
  if (items !== undefined) return [exampleOf(items, schemas, use)];
  if (properties !== undefined) return exampleOfObject(schema, schemas, use);
  return exampleOfType(type);
}

function exampleOfObject({ properties = {}, required = [] }: SchemaObject, schemas: Schemas, use: Use) {
  const shown = Object.entries(properties).filter(([name, property]) => {
    if (use === 'answered' || required.includes(name)) return true;
    return !('$ref' in property) && property.example !== undefined && property.format !== 'date-time';
  });
  return Object.fromEntries(shown.map(([name, property]) => [name, exampleOf(property, schemas, use)]));
}

function exampleOfType(type: unknown): unknown {
  switch (type) {
    case 'boolean':
      return true;
    case 'integer':
    case 'number':
      return 1;
    case 'object':
      return {};
    default:
      return 'text';
  }
}

/** The same document, with an example for every body that is sent or answered and has none of its own. */
export function withExamples(document: OpenAPIObject): OpenAPIObject {
  const schemas = document.components?.schemas ?? {};
  for (const item of Object.values(document.paths))
    for (const operation of [item.get, item.post, item.put, item.patch, item.delete]) {
      const { requestBody, responses = {} } = operation ?? {};
      if (requestBody !== undefined && 'content' in requestBody) illustrate(requestBody.content, schemas, 'sent');
      for (const response of Object.values(responses))
        if (response !== undefined && 'content' in response) illustrate(response.content ?? {}, schemas, 'answered');
    }
  return document;
}

interface Medium {
  schema?: Schema;
  example?: unknown;
  examples?: unknown;
}

function illustrate(content: Readonly<Record<string, Medium>>, schemas: Schemas, use: Use): void {
  for (const medium of Object.values(content))
    if (medium.schema !== undefined && medium.example === undefined && medium.examples === undefined)
      medium.example = exampleOf(medium.schema, schemas, use);
}
