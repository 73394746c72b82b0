import { type z } from 'zod';
import { type ConfigRule } from './config-rule.js';
import { type Variable } from './variable.js';

/** The variables of an app by their names. */
export type Variables = Readonly<Record<string, Variable>>;

/** What the variables of an app read as; an optional one that is absent is undefined. */
export type Values<V extends Variables> = { readonly [Name in keyof V]: z.output<V[Name]['schema']> };

/**
 * What one app takes from its environment: its variables, the rules between them, and the typed slices that are handed
 * down to the parts of the app. `loadConfig` reads it; `slices` runs only when no variable and no rule has a fault.
 */
export interface ConfigSchema<V extends Variables, Config> {
  /** The app's name as its operator knows it. */
  readonly app: string;
  readonly variables: V;
  readonly rules: readonly ConfigRule[];
  slices(values: Values<V>): Config;
}

/** Declares a schema; exists for its type inference. */
export function configSchema<V extends Variables, Config>(schema: ConfigSchema<V, Config>): ConfigSchema<V, Config> {
  return schema;
}
