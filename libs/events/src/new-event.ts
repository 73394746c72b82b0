import { randomUUID } from 'node:crypto';
import { buildEvent } from './build-event.js';
import type { DomainEvent, EventData, EventType } from './domain-event.js';

/** What a publisher has to say; the rest of the envelope follows from it. */
export type NewEvent = {
  readonly [Type in EventType]: {
    readonly type: Type;
    readonly data: EventData<Type>;
    /** Unique for ever within the source; default: a random UUID. */
    readonly id?: string;
    /** When it happened; default: now. The reader refuses a time more than 5 minutes ahead of its own clock. */
    readonly time?: Date;
    /** Follows one business action through every log line; default: the event's own id. */
    readonly correlationId?: string;
    /** W3C trace context of the action that caused the event. */
    readonly traceparent?: string;
  };
}[EventType];

/**
 * Makes a complete event, ready for the outbox or the publisher.
 *
 * @throws InvalidEventError when the data does not fit the schema of its type.
 */
export const newEvent = (event: NewEvent): DomainEvent =>
  buildEvent(event.type, event.data, {
    id: event.id ?? randomUUID(),
    time: event.time ?? new Date(),
    correlationId: event.correlationId,
    traceparent: event.traceparent,
  });
