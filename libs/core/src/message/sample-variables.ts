import type { MessageType } from './message-type.js';
import type { Variables } from './variables.js';

/** Every variable of every message type with a value as its event brings it: for previews and for trying a template out. */
export const sampleVariables: Readonly<Record<MessageType, Variables>> = {
  order_confirmation: {
    customer_name: 'John Doe',
    order_id: 'order_123',
    total_amount: 200,
    currency: 'INR',
    delivery_date: '2026-02-01',
    // Not every item has a name: a template that lists items must guard it.
    items: [
      { product_id: 'prod_123', name: 'Cow milk 1 l', quantity: 1, price: 100, total: 100 },
      { product_id: 'prod_456', quantity: 1, price: 100 },
    ],
  },
  subscription_confirmation: {
    customer_name: 'John Doe',
    product: 'Cow milk 1 l',
    start_date: '2026-02-01',
    subscription_id: 'sub_123',
    schedule: 'daily',
  },
  pause_confirmation: {
    customer_name: 'John Doe',
    product: 'Cow milk 1 l',
    subscription_id: 'sub_123',
    resume_date: '2026-02-15',
  },
  delivery_reminder: {
    customer_name: 'John Doe',
    delivery_date: '2026-02-01',
    slot: '06:00-08:00',
    area: 'Bandra',
    delivery_id: 'del_123',
    subscription_id: 'sub_123',
  },
  delivery_confirmed: {
    customer_name: 'John Doe',
    delivery_date: '2026-02-01T06:42:00+05:30',
    delivery_id: 'del_123',
    order_id: 'order_123',
    delivery_slot: '06:00-08:00',
  },
  delivery_delayed: {
    customer_name: 'John Doe',
    new_slot: '2026-02-01 08:00-10:00',
    delivery_id: 'del_123',
    reason: 'heavy rain',
  },
  payment_reminder: {
    customer_name: 'John Doe',
    amount: 2500,
    bill_id: 'bill_123',
    currency: 'INR',
    period: 'January 2026',
    due_date: '2026-02-10',
  },
  payment_confirmation: {
    customer_name: 'John Doe',
    amount: 2500,
    payment_id: 'pay_123',
    bill_id: 'bill_123',
    order_id: 'order_123',
    currency: 'INR',
  },
  churn_risk: { customer_name: 'John Doe', last_order_date: '2025-12-20', offer: '20% off your next order' },
  new_product: {
    customer_name: 'John Doe',
    product_name: 'Buffalo ghee 500 ml',
    product_id: 'prod_456',
    description: 'Slow-cooked, from our own farm.',
  },
};
