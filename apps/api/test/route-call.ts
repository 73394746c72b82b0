import { AppError, type ErrorCode } from '@earlybird/core';
import { type ApiParts } from '../src/api-parts.js';
import { type Answer } from './answer.js';
import { type ApiUnderTest, type Call } from './api-under-test.js';
import { type Operation, type Schema } from './described.js';

/** The request that the examples of a route's document make. */
export interface ExampleCall {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
}

/** Builds the request of a route by its document: placeholders, parameters that are needed, and body. */
export function exampleCall(route: string, operation: Operation): ExampleCall {
  const [method = '', template = ''] = route.split(' ');
  const parameters = operation.parameters ?? [];
  const path = parameters
    .filter((parameter) => parameter.in === 'path')
    .reduce((built, { name, schema }) => withPlaceholder(built, name, String(schema.example)), template);
  const needed = parameters.filter((parameter) => parameter.in === 'query' && parameter.required === true);
  const query = needed.map(({ name, schema }) => `${name}=${encodeURIComponent(String(schema.example))}`).join('&');
  const medium = operation.requestBody?.content['application/json'];
  const body = medium?.example ?? Object.values(medium?.examples ?? {})[0]?.value;
  return { method, path: query === '' ? path : `${path}?${query}`, ...(body === undefined ? {} : { body }) };
}

/** A path with a value in place of `{name}`. */
export function withPlaceholder(path: string, name: string, value: string): string {
  return path.replace(`{${name}}`, encodeURIComponent(value));
}

/** Makes the call of an example, changed as given. */
export function callExample(api: ApiUnderTest, { method, path, body }: ExampleCall, change: Call = {}, query = '') {
  return api.call(method, `${path}${query}`, { ...(body === undefined ? {} : { body }), ...change });
}

/** The fields of the body that a route takes. */
export function fieldsOf(operation: Operation, schemas: Readonly<Record<string, Schema>>): readonly [string, Schema][] {
  const name = operation.requestBody?.content['application/json']?.schema.$ref?.split('/').at(-1) ?? '';
  return Object.entries(schemas[name]?.properties ?? {});
}

/** The fields that an answer names as wrong. */
export function wrongFieldsOf({ body }: Answer): readonly string[] {
  return ((body['errors'] ?? []) as readonly { readonly field: string }[]).map(({ field }) => field);
}

/** What no server is behind: parts that decide, remember and tell for themselves. */
const own: ReadonlySet<string> = new Set<keyof ApiParts>([
  'checker',
  'clock',
  'health',
  'immediateWaitMs',
  'isStopping',
  'log',
  'metrics',
  'parkedHeaders',
  'policy',
  'queueNames',
  'readWebhook',
  'renderer',
  'reporter',
  'webhook',
]);

/** Parts of the api behind which something is broken: every call of theirs throws. */
export function brokenParts(parts: ApiParts, error: Error, which: (name: string) => boolean): Partial<ApiParts> {
  const broken = new Proxy(
    {},
    {
      get: () => () => {
        throw error;
      },
    },
  );
  const names = Object.keys(parts).filter((name) => which(name));
  return Object.fromEntries(names.map((name) => [name, broken]));
}

/** True for the parts that the broker is behind. */
export function isOfBroker(name: string): boolean {
  return /queue$|commands?$/i.test(name);
}

/** True for the parts that the database is behind. */
export function isOfDatabase(name: string): boolean {
  return !own.has(name) && !isOfBroker(name);
}

/** What a lost server throws. */
export function lost(code: ErrorCode): Error {
  return new AppError(code, 'away');
}
