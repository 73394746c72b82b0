import { type mongo } from 'mongoose';

/** A value inside an update pipeline. Texts that begin with `$` would be read as fields there, so every value goes through this. */
export function literal(value: unknown): mongo.Document {
  return { $literal: value };
}

/** The literal of a value, or `otherwise` (a field or `$$REMOVE`) when there is none. */
export function presentOr(value: unknown, otherwise: string): mongo.Document | string {
  return value === undefined ? otherwise : literal(value);
}

/** `value` where the condition holds, else what `field` (`$name`) is already; an absent field stays absent. */
export function setWhere(condition: mongo.Document, field: string, value: unknown): mongo.Document {
  return { $cond: [condition, value, field] };
}
