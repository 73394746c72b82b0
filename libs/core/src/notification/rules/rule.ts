import type { EventData, EventOf, EventType } from '@earlybird/events';
import type { MessageType } from '../../message/message-type.js';
import type { Variables } from '../../message/variables.js';

/** What one event tells the customer: plain data and pure functions of the event. */
export interface Rule<Type extends EventType> {
  readonly eventType: Type;
  readonly messageType: MessageType;
  /** The business thing that support asks by, e.g. the order's id. */
  readonly referenceId: (data: EventData<Type>) => string | undefined;
  /** What fills the template, beside `customer_name`. Absent fields stay absent. */
  readonly variables: (data: EventData<Type>) => Variables;
  /** The moment after which telling it makes no sense; undefined means the type's own span from the event's `time`. */
  readonly validUntil?: (event: EventOf<Type>) => Date | undefined;
}

/** A rule for whichever event type; `ruleFor` narrows it again. */
export type AnyRule = { [Type in EventType]: Rule<Type> }[EventType];
