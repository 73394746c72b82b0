import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { amount, currency } from '../schema/money.js';
import { identifier } from '../schema/text.js';

/** Money came in, for a bill, for an order, or on account. */
export const paymentReceived = defineEvent({
  type: 'billing.payment_received',
  summary: 'A payment was received.',
  fields: {
    payment_id: identifier(),
    bill_id: z.exactOptional(identifier()),
    order_id: z.exactOptional(identifier()),
    amount: amount(),
    currency: currency(),
  },
  subject: (data) => data.payment_id,
  sample: { payment_id: 'pay_123', bill_id: 'bill_123', order_id: 'order_123', amount: 2500, currency: 'INR' },
});
