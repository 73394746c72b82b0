import { type DomainEvent, type EventType, sampleEvent } from '@earlybird/events';
import type { Random } from './random.js';

/** What is to become of an event when nothing strikes. */
export type Fate =
  /** The customer is told and reads it. */
  | 'told'
  /** The same, and the event is published several times. */
  | 'told_once_of_many'
  /** Accepted on the third attempt. */
  | 'twice_deferred'
  /** Every attempt fails: failed, and an envelope set aside. */
  | 'always_deferred'
  /** Refused for good on the first attempt. */
  | 'refused'
  /** Delivered, but the connection is cut before the answer: nobody can know. */
  | 'cut'
  /** Nobody to tell: no usable number, or no consent. */
  | 'suppressed'
  /** Not worth telling any more. */
  | 'expired'
  /** Set aside unread. */
  | 'invalid';

/** One event of a run. */
export interface PlannedEvent {
  readonly id: string;
  readonly fate: Fate;
  readonly type: EventType;
  /** How often it is published. */
  readonly copies: number;
  /** The event, as of the moment in which it happens. */
  readonly at: (time: Date) => DomainEvent;
}

/** Mostly what production sees, and enough of everything else that 50 events hold each kind. */
const fates: Readonly<Record<Fate, number>> = {
  told: 54,
  told_once_of_many: 8,
  twice_deferred: 10,
  always_deferred: 4,
  refused: 6,
  cut: 4,
  suppressed: 5,
  expired: 3,
  invalid: 6,
};

/** Event types of both lanes, of both answers to a doubt, and of all four publishers. */
const types: Readonly<Partial<Record<EventType, number>>> = {
  'order.created': 40,
  'subscription.created': 10,
  'subscription.paused': 10,
  'delivery.completed': 15,
  'billing.payment_received': 15,
  'customer.churn_risk_detected': 10,
};

/** Ordinary numbers. Few, because the simulator is told of each that it is to answer slowly. */
export const ordinaryPhones: readonly string[] = Array.from({ length: 200 }, (_, index) => `+9198765${20_000 + index}`);
/** Marketing reaches a customer in a time zone where it is day. */
export const marketingCustomers: readonly string[] = ordinaryPhones.map((_, index) => `cust_${index}`);

/** Recipients that the simulator knows for their behaviour (provider.md). */
const phones: Readonly<Partial<Record<Fate, string>>> = {
  twice_deferred: '+919999900002',
  always_deferred: '+919999900010',
  refused: '+919999900001',
  cut: '+919999900003',
};

/** The events of a run, in the order in which they happen. */
export function planEvents(count: number, random: Random): readonly PlannedEvent[] {
  const kinds = Object.keys(fates) as Fate[];
  return Array.from({ length: count }, (_, index) => {
    // One of each kind first: a short run must not miss any.
    const fate = kinds[index] ?? random.weighted(fates);
    return planEvent(`event-${index + 1}`, fate, random);
  });
}

function planEvent(id: string, fate: Fate, random: Random): PlannedEvent {
  const type = fate === 'expired' ? 'delivery.scheduled' : random.weighted(types as Record<EventType, number>);
  const index = random.between(0, ordinaryPhones.length - 1);
  const unreachable = fate === 'suppressed' ? { phone: '' } : {};
  const customer = {
    id: marketingCustomers[index] ?? '',
    phone: phones[fate] ?? ordinaryPhones[index] ?? '',
    marketing_consent: true,
    ...unreachable,
  };
  return {
    id,
    fate,
    type,
    copies: fate === 'told_once_of_many' ? random.between(2, 5) : 1,
    at: (time) => {
      const event = sampleEvent(type, { id, time, customer });
      switch (fate) {
        case 'invalid':
          return { ...event, data: { ...event.data, customer: { ...event.data.customer, name: '' } } } as DomainEvent;
        case 'expired':
          return { ...event, data: { ...event.data, delivery_date: '2020-01-01' } } as DomainEvent;
        default:
          return event;
      }
    },
  };
}
