import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validate, type ValidationError } from 'class-validator';
import { type FieldIssue, Problem } from '../problem/problem.js';

/** A body or a query that checks more than one field at a time can tell, e.g. that `from` lies before `to`. */
export interface SelfChecking {
  /** Faults beyond those of single fields; called on what may be wrong in any way. */
  issues(): readonly FieldIssue[];
}

/**
 * Reads body, query and path parameters into their class and refuses what does not fit: every wrong and every unknown field
 * is named at once. 422 for a body, 400 for the rest.
 */
@Injectable()
export class FieldsPipe implements PipeTransform<unknown, Promise<unknown>> {
  async transform(value: unknown, { type, metatype }: ArgumentMetadata): Promise<unknown> {
    if (metatype === undefined || type === 'custom' || builtIn.has(metatype)) return value;
    if (value !== undefined && !isPlainObject(value))
      throw new Problem('unreadable_body', 'Send one JSON object: {"…": …}.');
    const instance: unknown = plainToInstance(metatype, value ?? {});
    const issues = [...passedOver(value ?? {}), ...(await issuesIn(instance))];
    if (issues.length === 0) return instance;
    const detail = issues.map(({ field, message }) => `${field} ${message}`).join('; ');
    throw new Problem(type === 'body' ? 'invalid_fields' : 'invalid_parameters', detail.slice(0, longestDetail), {
      issues,
    });
  }
}

/** Names that class-transformer passes over in silence, for they would reach into the prototype; no field of ours is called so. */
function passedOver(value: object): readonly FieldIssue[] {
  const names = ['__proto__', 'constructor'].filter((name) => Object.hasOwn(value, name));
  return names.map((field) => ({ field, message: unknownField }));
}

const unknownField = 'is unknown here: leave it out';

/** The list of errors says it all; the sentence need not be endless. */
const longestDetail = 1_000;

const builtIn = new Set<unknown>([String, Number, Boolean, Object, Array]);

function isPlainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

async function issuesIn(instance: unknown): Promise<readonly FieldIssue[]> {
  if (!isPlainObject(instance)) return [];
  const errors = await validate(instance, {
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: false,
    stopAtFirstError: true,
  });
  const found = errors.flatMap((error) => issuesOf(error));
  const named = new Set(found.map(({ field }) => field));
  return [...found, ...(isSelfChecking(instance) ? instance.issues().filter(({ field }) => !named.has(field)) : [])];
}

function issuesOf({ property, constraints = {}, children = [] }: ValidationError, path = ''): readonly FieldIssue[] {
  const field = path === '' ? property : `${path}.${property}`;
  const own = Object.entries(constraints).map(([name, message]) => ({
    field,
    message: name === 'whitelistValidation' ? unknownField : message,
  }));
  return [...own.slice(0, 1), ...children.flatMap((child) => issuesOf(child, field))];
}

function isSelfChecking(instance: object): instance is SelfChecking {
  return 'issues' in instance && typeof instance.issues === 'function';
}
