import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { calendarDay } from '../schema/date.js';
import { text } from '../schema/text.js';

/** A customer may be about to leave. `offer` is text for the customer. */
export const churnRiskDetected = defineEvent({
  type: 'customer.churn_risk_detected',
  summary: 'A customer has not ordered for a while.',
  fields: {
    last_order_date: calendarDay(),
    offer: z.exactOptional(text(300)),
  },
  subject: (data) => data.customer.id,
  sample: { last_order_date: '2025-12-20', offer: '20% off your next order' },
});
