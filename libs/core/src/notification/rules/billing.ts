import type { Rule } from './rule.js';
import { endOfDay } from './slot.js';

/** A bill that nobody paid three days after its due date is a matter for people, not for another reminder. */
const graceDays = 3;

/** A bill is announced, until three days after it was due. */
export const billIssued: Rule<'billing.bill_issued'> = {
  eventType: 'billing.bill_issued',
  messageType: 'payment_reminder',
  referenceId: (data) => data.bill_id,
  variables: ({ customer: _, ...fields }) => fields,
  validUntil: ({ data }) => endOfDay(data.due_date, graceDays),
};

/** A payment is confirmed. */
export const paymentReceived: Rule<'billing.payment_received'> = {
  eventType: 'billing.payment_received',
  messageType: 'payment_confirmation',
  referenceId: (data) => data.order_id ?? data.bill_id ?? data.payment_id,
  variables: ({ customer: _, ...fields }) => fields,
};
