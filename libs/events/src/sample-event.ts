import { buildEvent } from './build-event.js';
import type { DomainEvent, EventCustomer, EventType } from './domain-event.js';
import { eventDefinitions } from './event-definitions.js';

/** The customer of the samples. */
const sampleCustomer: EventCustomer = {
  id: 'cust_123',
  name: 'John Doe',
  phone: '+919876543210',
  language: 'en',
  marketing_consent: true,
};

/**
 * A valid event of the given type with the values that the documents show.
 *
 * @throws InvalidEventError when `about` makes it invalid.
 */
export const sampleEvent = (
  type: EventType,
  about: { readonly id: string; readonly time: Date; readonly customer?: Partial<EventCustomer> },
): DomainEvent =>
  buildEvent(type, { customer: { ...sampleCustomer, ...about.customer }, ...eventDefinitions[type].sample }, about);
