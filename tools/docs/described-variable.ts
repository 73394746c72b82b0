import { ConfigError, loadConfig } from '@earlybird/ops';
import { documentedSchemas } from './documented-schemas.js';

/** One environment variable as the documents show it. */
export interface DescribedVariable {
  readonly name: string;
  /** Who reads it. */
  readonly apps: readonly string[];
  readonly meaning: string;
  readonly example: string;
  readonly secret: boolean;
  /** What it is worth when it is absent; undefined where it then means nothing. */
  readonly fallback: string | undefined;
  /** Whether an otherwise empty environment is refused for want of it. */
  readonly required: boolean;
  /** What it may hold, in words. */
  readonly form: string;
}

/** Every variable that anyone reads, in the order of the schemas. */
export function describedVariables(): readonly DescribedVariable[] {
  const names = new Set(documentedSchemas.flatMap((schema) => Object.keys(schema.variables)));
  return [...names].map(describe);
}

function describe(name: string): DescribedVariable {
  const readers = documentedSchemas.filter((schema) => name in schema.variables);
  const variable = readers[0]?.variables[name];
  if (variable === undefined) throw new Error(`no schema reads ${name}`);
  return {
    name,
    apps: readers.map((schema) => schema.app),
    meaning: variable.meaning,
    example: variable.example,
    secret: variable.secret,
    fallback: textOf(variable.schema.safeParse(undefined).data),
    required: missingEverywhere().has(name),
    // A text that no kind but plain text accepts makes the schema say what it wants.
    form: variable.schema.safeParse('\u0000').error?.issues[0]?.message.replace(/^must (be |have )?/, '') ?? 'text',
  };
}

function missingEverywhere(): ReadonlySet<string> {
  return new Set(documentedSchemas.flatMap((schema) => missingIn(() => loadConfig(schema, {}))));
}

function missingIn(load: () => unknown): readonly string[] {
  try {
    load();
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults.map((fault) => fault.variable);
    throw error;
  }
}

function textOf(value: unknown): string | undefined {
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
