import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { identifier, text } from '../schema/text.js';

/** There is a new product; one event per customer who is to hear of it. */
export const productLaunched = defineEvent({
  type: 'product.launched',
  summary: 'A new product is offered to a customer.',
  fields: {
    product_id: identifier(),
    product_name: text(200),
    description: z.exactOptional(text(500)),
  },
  subject: (data) => data.product_id,
  sample: {
    product_id: 'prod_456',
    product_name: 'Buffalo ghee 500 ml',
    description: 'Slow-cooked, from our own farm.',
  },
});
