/** One endpoint, with a body that works as it stands. */
export interface EndpointExample {
  readonly method: 'POST' | 'PUT' | 'GET';
  readonly path: string;
  readonly about: string;
  readonly body?: object;
}

/** Days from today, as a customer in India counts them. */
function day(daysAhead: number, now: Date): string {
  const there = new Date(now.getTime() + daysAhead * 24 * 60 * 60 * 1_000);
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Kolkata' }).format(there);
}

/** Every endpoint with an example, its dates counted from `now`, so that what it tells is still worth telling. */
export const endpointExamples = (now: Date): readonly EndpointExample[] => [
  {
    method: 'POST',
    path: '/api/orders',
    about: 'An order is placed: order.created.',
    body: {
      items: [{ product_id: 'prod_123', quantity: 2, price: 100, total: 200 }],
      delivery_date: day(1, now),
      address_id: 'addr_123',
      notes: 'Standard delivery',
    },
  },
  {
    method: 'POST',
    path: '/api/subscriptions',
    about: 'A subscription is taken out: subscription.created.',
    body: { product_name: 'Cow milk 1 l', start_date: day(1, now), schedule: 'daily' },
  },
  {
    method: 'PUT',
    path: '/api/subscriptions/sub_123/pause',
    about: 'A subscription is paused: subscription.paused. The product name is needed for one not seen here before.',
    body: { product_name: 'Cow milk 1 l', resume_date: day(10, now) },
  },
  {
    method: 'POST',
    path: '/api/delivery/schedule',
    about: 'A delivery is planned: delivery.scheduled.',
    body: { delivery_id: 'del_123', delivery_date: day(1, now), slot: '06:00-08:00', area: 'Bandra' },
  },
  {
    method: 'POST',
    path: '/api/delivery/mark-delivered',
    about: 'A delivery is made: delivery.completed.',
    body: { delivery_id: 'del_123', order_id: 'order_123' },
  },
  {
    method: 'POST',
    path: '/api/delivery/delay',
    about: 'A delivery comes later: delivery.delayed.',
    body: { delivery_id: 'del_123', new_slot: `${day(1, now)} 08:00-10:00`, reason: 'heavy rain' },
  },
  {
    method: 'POST',
    path: '/api/billing/bills',
    about: 'A bill is issued: billing.bill_issued.',
    body: { amount: 2500, period: 'January 2026', due_date: day(10, now) },
  },
  {
    method: 'POST',
    path: '/api/billing/payment',
    about: 'A payment comes in: billing.payment_received.',
    body: { amount: 2500, order_id: 'order_123' },
  },
  {
    method: 'POST',
    path: '/api/customers/cust_1/churn-risk',
    about: 'A customer may leave: customer.churn_risk_detected.',
    body: { last_order_date: day(-40, now), offer: '20% off your next order' },
  },
  {
    method: 'POST',
    path: '/api/products/launch',
    about:
      'A product is new: product.launched, one event per customer of the book, or for the one that the body names.',
    body: { product_name: 'Buffalo ghee 500 ml', description: 'Slow-cooked, from our own farm.' },
  },
  { method: 'GET', path: '/api/customers', about: 'The customer book.' },
  {
    method: 'POST',
    path: '/api/customers',
    about: 'A new customer of the book.',
    body: { name: 'Lata Nair', phone: '+919876543207', language: 'en', marketing_consent: true },
  },
];
