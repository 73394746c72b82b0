import type { Rule } from './rule.js';

/** The order service: an order is confirmed to its customer. */
export const orderCreated: Rule<'order.created'> = {
  eventType: 'order.created',
  messageType: 'order_confirmation',
  referenceId: (data) => data.order_id,
  variables: ({ customer: _, ...fields }) => fields,
};

/** The order service speaks for products too: a launch is told to those who agreed to hear of such. */
export const productLaunched: Rule<'product.launched'> = {
  eventType: 'product.launched',
  messageType: 'new_product',
  referenceId: (data) => data.product_id,
  variables: ({ customer: _, ...fields }) => fields,
};
