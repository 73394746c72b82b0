import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { calendarDay } from '../schema/date.js';
import { identifier, text } from '../schema/text.js';

/** A subscription was paused; without `resume_date` until further notice. */
export const subscriptionPaused = defineEvent({
  type: 'subscription.paused',
  summary: 'A customer paused a subscription.',
  fields: {
    subscription_id: identifier(),
    product_name: text(200),
    resume_date: z.exactOptional(calendarDay()),
  },
  subject: (data) => data.subscription_id,
  sample: { subscription_id: 'sub_123', product_name: 'Cow milk 1 l', resume_date: '2026-02-15' },
});
