export type { DomainEvent, EventCustomer, EventData, EventOf, EventType } from './domain-event.js';
export { eventCatalogue, type EventCatalogue, type EventField } from './event-catalogue.js';
export { eventPublishers, type EventPublisherIdentity } from './event-publishers.js';
export type { EventIssue, EventValidation } from './event-validation.js';
