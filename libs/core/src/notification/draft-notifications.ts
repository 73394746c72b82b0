import type { EventData, EventOf, EventType } from '@earlybird/events';
import type { DomainEvent } from '../event/domain-event.js';
import { factsOf } from '../message/message-type.js';
import { parsePhone } from '../recipient/phone-number.js';
import type { Recipient } from '../recipient/recipient.js';
import { eventKey } from './idempotency-key.js';
import { laneOf } from './lane.js';
import type { Notification } from './notification.js';
import type { AnyRule, Rule } from './rules/rule.js';

/** A notification before preferences and template have spoken: everything that the event and its rule say. */
export type Draft = Omit<
  Notification,
  'id' | 'status' | 'language' | 'validUntil' | 'createdAt' | 'updatedAt' | 'statusTimes'
> & {
  readonly wishedLanguage?: string;
  /** When it happened: from then on the span counts for which it is worth telling … */
  readonly happenedAt: Date;
  /** … unless the event or the client names the moment. */
  readonly validUntil?: Date;
};

/** What the event is to tell its customer, one draft per rule of its type. Pure: the same event gives the same drafts. */
export function draftNotifications(
  event: DomainEvent,
  rules: readonly AnyRule[],
  trail: { readonly correlationId?: string; readonly traceparent?: string },
): readonly Draft[] {
  return rules
    .filter((rule) => rule.eventType === event.type)
    .map((rule) => draft(event as EventOf<EventType>, rule as Rule<EventType>, trail));
}

function draft<Type extends EventType>(
  event: EventOf<Type>,
  rule: Rule<Type>,
  trail: { readonly correlationId?: string; readonly traceparent?: string },
): Draft {
  const data = event.data as EventData<Type>;
  const { customer } = data;
  const facts = factsOf(rule.messageType);
  // The envelope's is the nearer one: the event's own may have gone on in it, through a gateway or our own acceptance.
  const traceparent = trail.traceparent ?? event.traceparent;
  const referenceId = rule.referenceId(data);
  const validUntil = rule.validUntil?.(event);
  return {
    idempotencyKey: eventKey({
      source: event.source,
      eventId: event.id,
      messageType: rule.messageType,
      customerId: customer.id,
    }),
    event: { type: event.type, source: event.source, id: event.id },
    correlationId: event.correlationid ?? trail.correlationId ?? event.id,
    ...(traceparent === undefined ? {} : { traceparent }),
    channel: 'whatsapp',
    recipient: recipientOf(customer),
    messageType: rule.messageType,
    category: facts.category,
    lane: laneOf(facts.category),
    context: { ...rule.variables(data), customer_name: customer.name },
    immediate: facts.immediate,
    ...(referenceId === undefined ? {} : { referenceId }),
    happenedAt: new Date(event.time),
    ...(validUntil === undefined ? {} : { validUntil }),
    sweeps: 0,
    lastAttemptNumber: 0,
    attempts: [],
    receipts: [],
    adminActions: [],
    ...(customer.language === undefined ? {} : { wishedLanguage: customer.language }),
  };
}

function recipientOf(customer: DomainEvent['data']['customer']): Recipient {
  const parsed = parsePhone(customer.phone, { bareIndian: true });
  return {
    ...(parsed.ok ? { phone: parsed.phone } : {}),
    userId: customer.id,
    name: customer.name,
    ...(customer.marketing_consent === undefined ? {} : { marketingConsent: customer.marketing_consent }),
  };
}
