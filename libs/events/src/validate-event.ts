import { type z } from 'zod';
import type { DomainEvent } from './domain-event.js';
import type { EventIssue, EventValidation } from './event-validation.js';
import { eventDefinitions } from './event-definitions.js';
import { isEventType } from './is-event-type.js';
import { withoutAbsent } from './without-absent.js';

/** Enough to mend a publisher with; a hostile body cannot make the answer grow. */
const MAX_ISSUES = 20;

/** See `EventCatalogue.validate`. */
export function validateEvent(type: string, value: unknown): EventValidation {
  if (!isEventType(type)) return { ok: false, issues: [{ path: 'type', message: 'is no known event type' }] };
  const schema: EventSchema = eventDefinitions[type].schema;
  const result = schema.safeParse(value);
  if (result.success) return { ok: true, event: result.data };
  // Events that spell absent fields as null are rare, so the copy without them is made only when it can help.
  const secondResult = schema.safeParse(withoutAbsent(value));
  return secondResult.success
    ? { ok: true, event: secondResult.data }
    : { ok: false, issues: secondResult.error.issues.slice(0, MAX_ISSUES).map(toEventIssue) };
}

type EventSchema = z.ZodType<DomainEvent>;

const toEventIssue = ({ path, message }: z.core.$ZodIssue): EventIssue => ({
  path: path.map(String).join('.'),
  message,
});
