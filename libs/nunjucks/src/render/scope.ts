import type { Variables } from '@earlybird/core';
import type { WorkLimit } from './work-limit.js';

/** What an expression sees: the variables, inside a loop also the item and `loop`, the language, and the account of work. */
export interface Scope {
  readonly variables: Variables;
  readonly local: Variables;
  readonly language: string;
  readonly limit: WorkLimit;
  /** Names of variables whose value was asked for and is not there. */
  readonly missing: Set<string>;
}

/** The own value of `name`, from the loop or from the variables. Nothing inherited is ever found. */
export function lookUp(scope: Scope, name: string): unknown {
  if (Object.hasOwn(scope.local, name)) return scope.local[name];
  return Object.hasOwn(scope.variables, name) ? scope.variables[name] : undefined;
}

/** The own property `key` of a plain object or the item `key` of a list; undefined of anything else. */
export function lookUpMember(of: unknown, key: string | number): unknown {
  if (Array.isArray(of)) return typeof key === 'number' ? (of[key] as unknown) : undefined;
  if (typeof of !== 'object' || of === null) return undefined;
  return Object.hasOwn(of, key) ? (of as Readonly<Record<string, unknown>>)[key] : undefined;
}

/** True when there is nothing to tell: absent, null, blank text, an empty list. */
export function isBlank(value: unknown): boolean {
  if (typeof value === 'string') return value.trim() === '';
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0);
}

/** What a condition makes of a value: blank, false and 0 do not hold. */
export function holds(value: unknown): boolean {
  return !isBlank(value) && value !== false && value !== 0;
}
