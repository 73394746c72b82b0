import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { slot } from '../schema/slot.js';
import { identifier, text } from '../schema/text.js';

/** A delivery comes later than promised. `new_slot` carries its own day (`2026-02-01 08:00-10:00`), for there is no other. */
export const deliveryDelayed = defineEvent({
  type: 'delivery.delayed',
  summary: 'A delivery was moved to a later slot.',
  fields: {
    delivery_id: identifier(),
    new_slot: slot(),
    reason: z.exactOptional(text(300)),
  },
  subject: (data) => data.delivery_id,
  sample: { delivery_id: 'del_123', new_slot: '2026-02-01 08:00-10:00', reason: 'heavy rain' },
});
