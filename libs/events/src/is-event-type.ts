import type { EventType } from './domain-event.js';
import { eventDefinitions } from './event-definitions.js';

/** Whether the platform has an event type of this name. */
export const isEventType = (type: string): type is EventType => Object.hasOwn(eventDefinitions, type);
