import type { Rule } from './rule.js';
import { endOfDay, slotStart } from './slot.js';

/** A delivery is announced, until its slot begins (until the day ends when the slot has no known start). */
export const deliveryScheduled: Rule<'delivery.scheduled'> = {
  eventType: 'delivery.scheduled',
  messageType: 'delivery_reminder',
  referenceId: (data) => data.subscription_id ?? data.delivery_id,
  variables: ({ customer: _, ...fields }) => fields,
  validUntil: ({ data }) => slotStart(data.slot, data.delivery_date) ?? endOfDay(data.delivery_date),
};

/** A delivery is confirmed; the day comes from the moment it was handed over. */
export const deliveryCompleted: Rule<'delivery.completed'> = {
  eventType: 'delivery.completed',
  messageType: 'delivery_confirmed',
  referenceId: (data) => data.order_id ?? data.delivery_id,
  variables: ({ customer: _, delivered_at, ...fields }) => ({ ...fields, delivery_date: delivered_at }),
};

/** A delay is told, until the new slot begins. */
export const deliveryDelayed: Rule<'delivery.delayed'> = {
  eventType: 'delivery.delayed',
  messageType: 'delivery_delayed',
  referenceId: (data) => data.delivery_id,
  variables: ({ customer: _, ...fields }) => fields,
  validUntil: ({ data }) => slotStart(data.new_slot),
};
