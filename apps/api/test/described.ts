import { type INestApplication } from '@nestjs/common';
import { type OpenAPIObject } from '@nestjs/swagger';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { openApiOf } from '../src/docs/open-api.js';
import { type Answer } from './answer.js';

/** One operation of the document, as far as tests read it. */
export interface Operation {
  readonly summary?: string;
  readonly description?: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Readonly<Record<string, Medium>> };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, Medium>> }>>;
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema: Schema;
}

export interface Medium {
  readonly schema: Schema;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>;
}

export interface Schema {
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly example?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

const prefix = '/api/notifications';
export const problemType = 'application/problem+json';

/** What the OpenAPI document says, for tests that hold the answers of the api to it. */
export class Described {
  /** By `POST /messages/{id}/cancel`. */
  readonly operations: ReadonlyMap<string, Operation>;
  readonly schemas: Readonly<Record<string, Schema>>;
  private readonly ajv = new Ajv({ strict: false, allErrors: true });
  private readonly judges = new Map<string, ValidateFunction>();

  constructor(readonly document: OpenAPIObject) {
    const operations = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item).map(
        ([method, operation]) =>
          [`${method.toUpperCase()} ${path.slice(prefix.length)}`, operation as Operation] as const,
      ),
    );
    this.operations = new Map(operations);
    this.schemas = (document.components?.schemas ?? {}) as Readonly<Record<string, Schema>>;
    // The types of the package name a module that is a function at run time.
    (addFormats as unknown as (ajv: Ajv) => void)(this.ajv);
    this.ajv.addSchema({ $id: 'document', components: { schemas: closed(this.schemas) } });
  }

  /** What a route's document says may be answered, as `404 message_not_found` and `200`. */
  answersOf(route: string): readonly string[] {
    return Object.entries(this.operations.get(route)?.responses ?? {}).flatMap(([status, { content = {} }]) => {
      const problems = Object.keys(content[problemType]?.examples ?? {}).map((code) => `${status} ${code}`);
      return [...problems, ...('application/json' in content ? [status] : [])];
    });
  }

  /** The route of an address below the prefix; the one with the fewest placeholders that fits. */
  routeOf(method: string, path: string): string | undefined {
    const [bare = ''] = path.split('?');
    return [...this.operations.keys()]
      .filter((route) => fits(route, method, bare))
      .sort((left, right) => left.split('{').length - right.split('{').length)[0];
  }

  /** What is wrong with a value by its schema; undefined when nothing is. */
  faultOf(schema: Schema, value: unknown): string | undefined {
    const key = JSON.stringify(schema);
    let judge = this.judges.get(key);
    if (judge === undefined) {
      judge = this.ajv.compile(JSON.parse(key.replaceAll('"#/', '"document#/')) as object);
      this.judges.set(key, judge);
    }
    return judge(value) ? undefined : this.ajv.errorsText(judge.errors);
  }

  /** Throws when an answer is none that the document describes. */
  check(method: string, path: string, { status, body, headers }: Answer): void {
    const route = this.routeOf(method, path);
    if (route === undefined) return;
    const content = this.operations.get(route)?.responses[status]?.content ?? {};
    const [mediaType = ''] = (headers.get('content-type') ?? '').split(';');
    const medium = content[mediaType];
    const what = `${route} answered ${status} ${JSON.stringify(body['code'])} as ${mediaType}`;
    if (medium === undefined) throw new Error(`${what}, which its document does not know`);
    const isKnown = mediaType !== problemType || Object.hasOwn(medium.examples ?? {}, String(body['code']));
    if (!isKnown) throw new Error(`${what}, a code that its document does not name`);
    const fault = this.faultOf(medium.schema, body);
    if (fault !== undefined) throw new Error(`${what}, against its schema: ${fault}`);
  }
}

let known: Described | undefined;

/** The document of the api; made once per test file, for it is the same for every app. */
export function describedBy(app: INestApplication): Described {
  known ??= new Described(openApiOf(app));
  return known;
}

function fits(route: string, method: string, path: string): boolean {
  const [ofMethod, template = ''] = route.split(' ');
  return ofMethod === method && new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`).test(path);
}

/** An answer says nothing that its schema does not: objects with fields of their own take no others. */
function closed(schemas: Readonly<Record<string, Schema>>): object {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [
      name,
      schema.properties === undefined ? schema : { additionalProperties: false, ...schema },
    ]),
  );
}
