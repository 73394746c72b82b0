import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { calendarDay } from '../schema/date.js';
import { slot } from '../schema/slot.js';
import { identifier, text } from '../schema/text.js';

/** A delivery was planned. What it tells the customer is worth telling until the slot begins. */
export const deliveryScheduled = defineEvent({
  type: 'delivery.scheduled',
  summary: 'A delivery was planned for a day and a slot.',
  fields: {
    delivery_id: identifier(),
    delivery_date: calendarDay(),
    slot: slot(),
    area: text(200),
    subscription_id: z.exactOptional(identifier()),
  },
  subject: (data) => data.delivery_id,
  sample: {
    delivery_id: 'del_123',
    delivery_date: '2026-02-01',
    slot: '06:00-08:00',
    area: 'Bandra',
    subscription_id: 'sub_123',
  },
});
