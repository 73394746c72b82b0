import { defineEvent } from '../define-event.js';
import { calendarDay } from '../schema/date.js';
import { amount, currency } from '../schema/money.js';
import { identifier, text } from '../schema/text.js';

/** A bill was issued for a period ("January 2026"), payable until `due_date`. */
export const billIssued = defineEvent({
  type: 'billing.bill_issued',
  summary: 'A bill was issued.',
  fields: {
    bill_id: identifier(),
    amount: amount(),
    currency: currency(),
    period: text(100),
    due_date: calendarDay(),
  },
  subject: (data) => data.bill_id,
  sample: { bill_id: 'bill_123', amount: 2500, currency: 'INR', period: 'January 2026', due_date: '2026-02-10' },
});
