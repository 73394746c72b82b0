import { z } from 'zod';
import type { EventType } from '../domain-event.js';
import { eventDefinitions } from '../event-definitions.js';

/** A JSON Schema document. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** The dialects: 2020-12 for validators of today, draft 7 for AsyncAPI, whose own schema language extends it. */
export type JsonSchemaDialect = 'draft-2020-12' | 'draft-7';

/** The JSON Schema of a whole event: what a publisher must send. Further fields are allowed, and read by nobody. */
export function jsonSchemaOf(type: EventType, dialect: JsonSchemaDialect = 'draft-2020-12'): JsonSchema {
  const { schema, summary } = eventDefinitions[type];
  return { title: type, description: summary, ...z.toJSONSchema(schema, { io: 'input', target: dialect }) };
}
