import type { DomainEvent, EventType } from './domain-event.js';
import { eventCatalogue } from './event-catalogue.js';
import { eventDefinitions } from './event-definitions.js';
import { InvalidEventError } from './invalid-event-error.js';

/**
 * Puts an envelope around `data`: `source` and `subject` follow from the type and the data.
 *
 * @throws InvalidEventError when the result is no valid event.
 */
export function buildEvent(
  type: EventType,
  data: unknown,
  about: {
    readonly id: string;
    readonly time: Date;
    readonly correlationId?: string | undefined;
    readonly traceparent?: string | undefined;
  },
): DomainEvent {
  const validation = eventCatalogue.validate(type, {
    specversion: '1.0',
    id: about.id,
    source: eventCatalogue.sourceOf(type),
    type,
    time: about.time.toISOString(),
    subject: eventDefinitions[type].subjectOf(data),
    datacontenttype: 'application/json',
    correlationid: about.correlationId ?? about.id,
    traceparent: about.traceparent,
    data,
  });
  if (!validation.ok) throw new InvalidEventError(type, validation.issues);
  return validation.event;
}
