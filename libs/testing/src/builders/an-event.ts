import { type DomainEvent, type EventData, type EventType, newEvent, sampleEvent } from '@earlybird/events';
import { testStart } from './instant.js';

let made = 0;

/** A valid event with the sample data of its type and an id of its own; `data` replaces whole fields of the data. */
export function anEvent<Type extends EventType>(
  type: Type,
  data: Partial<EventData<Type>> = {},
  about: { readonly id?: string; readonly time?: Date; readonly correlationId?: string } = {},
): DomainEvent {
  made += 1;
  const id = about.id ?? `evt_test_${made}`;
  const time = about.time ?? testStart;
  const sample = sampleEvent(type, { id, time });
  return newEvent({
    type,
    data: { ...sample.data, ...data },
    id,
    time,
    ...(about.correlationId === undefined ? {} : { correlationId: about.correlationId }),
  } as Parameters<typeof newEvent>[0]);
}
