import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { moment } from '../schema/date.js';
import { slot } from '../schema/slot.js';
import { identifier } from '../schema/text.js';

/** The goods were handed over. */
export const deliveryCompleted = defineEvent({
  type: 'delivery.completed',
  summary: 'A delivery reached the customer.',
  fields: {
    delivery_id: identifier(),
    order_id: z.exactOptional(identifier()),
    delivered_at: moment(),
    delivery_slot: z.exactOptional(slot()),
  },
  subject: (data) => data.delivery_id,
  sample: {
    delivery_id: 'del_123',
    order_id: 'order_123',
    delivered_at: '2026-02-01T06:42:00+05:30',
    delivery_slot: '06:00-08:00',
  },
});
