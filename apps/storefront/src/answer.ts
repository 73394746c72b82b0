import { type DomainEvent } from '@earlybird/events';
import { type Trace } from './http/trace.js';

/** What every call answers: enough to follow the business action by log, history and trace. */
export type Answer<Fields extends object> = Fields & {
  /** The business document. */
  readonly id: string;
  /** The events that tell of it. They are in the outbox; the broker gets them next. */
  readonly event_ids: readonly string[];
  readonly correlation_id: string;
};

/** The answer about a business document, as its caller sees it. */
export function answerOf<Fields extends object>(
  { _id: id, ...fields }: Fields & { readonly _id: string },
  events: readonly DomainEvent[],
  { correlationId }: Trace,
): Answer<Omit<Fields & { readonly _id: string }, '_id'>> {
  return { id, ...fields, event_ids: events.map((event) => event.id), correlation_id: correlationId };
}
