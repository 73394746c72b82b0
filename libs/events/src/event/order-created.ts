import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { calendarDay } from '../schema/date.js';
import { amount, currency } from '../schema/money.js';
import { identifier, text } from '../schema/text.js';

/** Nobody orders more lines of groceries at once, and 200 of them stay far below the broker's frame. */
const MAX_ITEMS = 200;

const item = z.object({
  product_id: identifier(),
  name: z.exactOptional(text(200)),
  quantity: z.number().positive().max(1_000_000),
  price: amount(),
  total: z.exactOptional(amount()),
});

/** An order was placed. `total_amount` is what the customer pays, not necessarily the sum of the items. */
export const orderCreated = defineEvent({
  type: 'order.created',
  summary: 'A customer placed an order.',
  fields: {
    order_id: identifier(),
    total_amount: amount(),
    currency: currency(),
    delivery_date: calendarDay(),
    items: z.array(item).max(MAX_ITEMS),
  },
  subject: (data) => data.order_id,
  sample: {
    order_id: 'order_123',
    total_amount: 200,
    currency: 'INR',
    delivery_date: '2026-02-01',
    items: [{ product_id: 'prod_123', quantity: 2, price: 100, total: 200 }],
  },
});
