import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { calendarDay } from '../schema/date.js';
import { identifier, text } from '../schema/text.js';

/** A subscription was taken out. `schedule` is text for people ("daily", "Mon, Wed, Fri"). */
export const subscriptionCreated = defineEvent({
  type: 'subscription.created',
  summary: 'A customer took out a subscription.',
  fields: {
    subscription_id: identifier(),
    product_name: text(200),
    start_date: calendarDay(),
    schedule: z.exactOptional(text(200)),
  },
  subject: (data) => data.subscription_id,
  sample: {
    subscription_id: 'sub_123',
    product_name: 'Cow milk 1 l',
    start_date: '2026-02-01',
    schedule: 'daily',
  },
});
