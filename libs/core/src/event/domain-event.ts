export type { DomainEvent, EventCatalogue, EventType } from '@earlybird/events';
