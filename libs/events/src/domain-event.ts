import type { z } from 'zod';
import type { DeepReadonly } from './deep-readonly.js';
import type { eventDefinitions } from './event-definitions.js';

type Definitions = typeof eventDefinitions;

/** The name of an event type, which is also its routing key: `order.created` … */
export type EventType = keyof Definitions;

/** One validated event of the given type: a CloudEvent with its `data`. */
export type EventOf<Type extends EventType> = DeepReadonly<z.output<Definitions[Type]['schema']>>;

/** What the event says: the `data` of one event type, customer included. */
export type EventData<Type extends EventType> = EventOf<Type>['data'];

/** Any event of the platform; `type` tells which. A fact that another service published, never ours to refuse. */
export type DomainEvent = { [Type in EventType]: EventOf<Type> }[EventType];

/** Whom an event is about. */
export type EventCustomer = DomainEvent['data']['customer'];
