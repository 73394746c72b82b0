import type { DomainEvent } from '../domain-event.js';
import { eventCatalogue } from '../event-catalogue.js';
import { eventPublishers } from '../event-publishers.js';
import { InvalidEventError } from '../invalid-event-error.js';
import { PublishError } from './publish-error.js';

/**
 * The event as it may be sent by the service with this source: the validated copy, so that no field outside the
 * published language leaves by accident.
 *
 * @throws PublishError (`unknown_type`, `foreign_type`) or InvalidEventError.
 */
export function demandOwnEvent(event: DomainEvent, source: string): DomainEvent {
  const type: string = event.type;
  // The alternate exchange would take an unknown type, and the broker would confirm what nobody reads (events.md).
  if (!eventCatalogue.has(type)) throw new PublishError('unknown_type', `There is no event type ${type}.`);
  const validation = eventCatalogue.validate(type, event);
  if (!validation.ok) throw new InvalidEventError(type, validation.issues);
  if (validation.event.source !== source || eventCatalogue.sourceOf(type) !== source) {
    throw new PublishError('foreign_type', `${source} does not speak for ${type} of ${validation.event.source}.`);
  }
  return validation.event;
}

/**
 * Accepts the source of one of the platform's services, with its own account or with one that belongs to none of them
 * (a local broker's `guest`).
 *
 * @throws Error naming the source that would be right.
 */
export function demandOwnSource(source: string, user: string): void {
  const sources = eventPublishers.map((publisher) => publisher.source);
  if (!sources.includes(source)) throw new Error(`${source} is no source of events; there are ${sources.join(', ')}.`);
  const ownSource = eventCatalogue.sourceOfUser(user);
  if (ownSource !== undefined && ownSource !== source) {
    throw new Error(`The account ${user} speaks for ${ownSource}, not for ${source}.`);
  }
}
