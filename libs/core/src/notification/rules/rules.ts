import type { EventCatalogue, EventType } from '../../event/domain-event.js';
import { AppError } from '../../kernel/app-error.js';
import { isMessageType } from '../../message/message-type.js';
import { billIssued, paymentReceived } from './billing.js';
import { deliveryCompleted, deliveryDelayed, deliveryScheduled } from './delivery.js';
import { orderCreated, productLaunched } from './order.js';
import type { AnyRule } from './rule.js';
import { churnRiskDetected, subscriptionCreated, subscriptionPaused } from './subscription.js';

/** Every rule: which event tells the customer what (events.md). */
export const rules: readonly AnyRule[] = [
  orderCreated,
  subscriptionCreated,
  subscriptionPaused,
  deliveryScheduled,
  deliveryCompleted,
  deliveryDelayed,
  billIssued,
  paymentReceived,
  churnRiskDetected,
  productLaunched,
];

/** The event types that the worker listens to: exactly those with a rule. */
export const ruledEventTypes: readonly EventType[] = [...new Set(rules.map((rule) => rule.eventType))];

/** Throws AppError `rules_invalid`, naming every fault: a rule for an unknown event or message type, an event without a rule. */
export function checkRules(catalogue: EventCatalogue, checked: readonly AnyRule[] = rules): void {
  const faults = [
    ...checked
      .filter((rule) => !catalogue.has(rule.eventType))
      .map((rule) => `a rule names the unknown event ${rule.eventType}`),
    ...checked
      .filter((rule) => !isMessageType(rule.messageType))
      .map((rule) => `the rule of ${rule.eventType} names the unknown message type ${rule.messageType}`),
    ...catalogue.types
      .filter((type) => !checked.some((rule) => rule.eventType === type))
      .map((type) => `the event ${type} has no rule`),
  ];
  if (faults.length > 0) throw new AppError('rules_invalid', faults.join('; '));
}
