import type { DomainEvent } from './domain-event.js';

/** One fault of a value that is no valid event. Names the field and the rule, never the value (personal data). */
export interface EventIssue {
  /** Dotted path from the root of the event, `data.items.0.price`; '' for the root itself. */
  readonly path: string;
  readonly message: string;
}

/** A valid event, without the fields that its schema does not know; or what is wrong with the value (at most 20 issues). */
export type EventValidation =
  { readonly ok: true; readonly event: DomainEvent } | { readonly ok: false; readonly issues: readonly EventIssue[] };
