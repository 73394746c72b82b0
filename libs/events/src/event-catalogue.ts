import { type z } from 'zod';
import type { EventType } from './domain-event.js';
import { eventDefinitions } from './event-definitions.js';
import { eventPublishers, type EventPublisherIdentity } from './event-publishers.js';
import type { EventValidation } from './event-validation.js';
import { isEventType } from './is-event-type.js';
import { validateEvent } from './validate-event.js';

/** One field of an event's `data`. */
export interface EventField {
  readonly name: string;
  readonly required: boolean;
}

/** Everything that can be known about the event types without holding their schemas. */
export interface EventCatalogue {
  /** All event types, in the order of events.md. */
  readonly types: readonly EventType[];
  /** Whether there is such an event type. */
  has(type: string): type is EventType;
  /** The one service that may publish the type. */
  publisherOf(type: EventType): EventPublisherIdentity;
  /** The `source` that events of the type carry. */
  sourceOf(type: EventType): string;
  /** The `source` that belongs to an AMQP user, if the user is one of the publishing services. */
  sourceOfUser(user: string): string | undefined;
  /** The fields of the type's `data`, `customer` included. */
  fieldsOf(type: EventType): readonly EventField[];
  /**
   * Judges a parsed body that came with the routing key `type`. Never throws. Unknown extra fields are no error, and
   * `null` reads as absent. An unknown type, and a body whose own `type` is another one, are issues at `type`.
   */
  validate(type: string, value: unknown): EventValidation;
}

/** The catalogue of the ten event types (events.md). */
export const eventCatalogue: EventCatalogue = {
  types: Object.values(eventDefinitions).map(({ type }) => type),
  has: isEventType,
  publisherOf,
  sourceOf: (type) => publisherOf(type).source,
  sourceOfUser: (user) => eventPublishers.find((publisher) => publisher.user === user)?.source,
  fieldsOf,
  validate: validateEvent,
};

function publisherOf(type: EventType): EventPublisherIdentity {
  const prefix = type.split('.', 1).join('');
  const publisher = eventPublishers.find(({ prefixes }) => prefixes.includes(prefix));
  if (publisher === undefined) throw new Error(`No service may publish ${type}: event-publishers.ts has no ${prefix}.`);
  return publisher;
}

function fieldsOf(type: EventType): readonly EventField[] {
  const fields: Readonly<Record<string, z.core.$ZodType>> = eventDefinitions[type].schema.shape.data.shape;
  return Object.entries(fields).map(([name, field]) => ({ name, required: field._zod.optin === undefined }));
}
