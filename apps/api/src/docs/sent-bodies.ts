import { type OpenAPIObject } from '@nestjs/swagger';

const weekMs = 7 * 86_400_000;

/**
 * The same document, with what holds for every body that is sent: it may be left out where all its fields may, unknown fields
 * are refused, and the moments of its examples lie ahead of `now`.
 */
export function withSentBodies(document: OpenAPIObject, now: Date): OpenAPIObject {
  const schemas = document.components?.schemas ?? {};
  const nextWeek = new Date(now.getTime() + weekMs).toISOString();
  for (const [name, schema] of Object.entries(schemas)) {
    if (!name.endsWith('Body') || '$ref' in schema) continue;
    schema.additionalProperties = false;
    for (const property of Object.values(schema.properties ?? {}))
      if ('format' in property && property.format === 'date-time') property.example = nextWeek;
  }
  for (const item of Object.values(document.paths))
    for (const operation of [item.post, item.put]) {
      const body = operation?.requestBody;
      const sent = body !== undefined && 'content' in body ? body.content['application/json']?.schema : undefined;
      if (body === undefined || '$ref' in body || sent === undefined || !('$ref' in sent)) continue;
      const schema = schemas[sent.$ref.split('/').at(-1) ?? ''];
      body.required = schema !== undefined && !('$ref' in schema) && (schema.required ?? []).length > 0;
    }
  return document;
}
