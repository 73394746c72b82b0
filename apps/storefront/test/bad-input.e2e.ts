import { guardLeaks } from '@earlybird/testing';
import { StorefrontUnderTest } from './support/storefront-under-test.js';

const order = { items: [{ product_id: 'p', quantity: 1, price: 10 }], delivery_date: '2026-02-01' };
const item = order.items[0];

describe('bad input', () => {
  let storefront: StorefrontUnderTest;
  beforeAll(async () => {
    storefront = await StorefrontUnderTest.prepare();
    await storefront.start();
  });
  afterAll(async () => {
    // Whatever was refused must have left nothing behind.
    expect(await storefront.events()).toEqual([]);
    await storefront.remove();
  });

  it.each<[string, string, unknown, string[]]>([
    ['nothing', '/api/orders', undefined, ['items', 'delivery_date']],
    ['an empty body', '/api/orders', {}, ['items', 'delivery_date']],
    ['a list', '/api/orders', [order], ['']],
    ['no items', '/api/orders', { ...order, items: [] }, ['items']],
    ['items that are none', '/api/orders', { ...order, items: ['milk'] }, ['items.0']],
    ['too many items', '/api/orders', { ...order, items: Array.from({ length: 201 }, () => item) }, ['items']],
    [
      'a wrong item',
      '/api/orders',
      { ...order, items: [{ ...item, quantity: -1, price: 'ten' }] },
      ['items.0.quantity', 'items.0.price'],
    ],
    ['a day that does not exist', '/api/orders', { ...order, delivery_date: '2026-02-30' }, ['delivery_date']],
    ['a moment for a day', '/api/orders', { ...order, delivery_date: '2026-02-01T06:00:00Z' }, ['delivery_date']],
    ['a currency sign', '/api/orders', { ...order, currency: '₹' }, ['currency']],
    [
      'unknown fields',
      '/api/orders',
      { ...order, gift: true, items: [{ ...item, colour: 'red' }] },
      ['gift', 'items.0.colour'],
    ],
    ['an operator for text', '/api/orders', { ...order, customer_id: { $ne: null } }, ['customer_id']],
    ['a customer that is nobody', '/api/orders', { ...order, customer_id: 'cust_99' }, ['customer_id']],
    [
      'two customers',
      '/api/orders',
      { ...order, customer_id: 'cust_1', customer: { name: 'A', phone: '+1' } },
      ['customer'],
    ],
    ['a customer without a name', '/api/orders', { ...order, customer: { phone: '+1' } }, ['customer.name']],
    ['a list for a customer', '/api/orders', { ...order, customer: [] }, ['customer']],
    ['an amount as text', '/api/billing/bills', { amount: '2,500', period: 'x', due_date: '2026-02-01' }, ['amount']],
    ['a tenth of a paisa', '/api/billing/bills', { amount: 1.001, period: 'x', due_date: '2026-02-01' }, ['amount']],
    ['a payment of nothing known', '/api/billing/payment', {}, ['amount']],
    ['a local time', '/api/delivery/mark-delivered', { delivered_at: '2026-02-01T06:42:00' }, ['delivered_at']],
    ['a blank slot', '/api/delivery/schedule', { delivery_date: '2026-02-01', slot: ' ', area: 'B' }, ['slot']],
    ['a delay of nothing', '/api/delivery/delay', { new_slot: 'later' }, ['delivery_id']],
    ['a phone without its plus', '/api/customers', { name: 'A', phone: '9876543210' }, ['phone']],
    ['a strange id in the path', '/api/customers/a%20b/churn-risk', { last_order_date: '2026-01-01' }, ['id']],
  ])('names every wrong field of %s', async (_case, path, body, fields) => {
    const reply = await storefront.call('POST', path, body);
    expect(reply.headers.get('content-type')).toContain('application/problem+json');
    expect(reply).toMatchObject({ status: 422, body: { code: 'invalid_fields', status: 422 } });
    expect((reply.body['errors'] as { field: string }[]).map(({ field }) => field).sort()).toEqual([...fields].sort());
  });

  it.each<[string, string, string, unknown, Record<string, string>, number, string]>([
    ['broken JSON', 'POST', '/api/orders', '{"items": [', {}, 400, 'unreadable_body'],
    ['a form', 'POST', '/api/orders', 'a=b', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'not_json'],
    ['plain text', 'POST', '/api/orders', '{}', { 'content-type': 'text/plain' }, 415, 'not_json'],
    ['a huge body', 'POST', '/api/orders', { ...order, notes: 'x'.repeat(70_000) }, {}, 413, 'body_too_large'],
    ['an unknown path', 'GET', '/api/nothing', undefined, {}, 404, 'not_found'],
    ['another method', 'DELETE', '/api/orders', undefined, {}, 404, 'not_found'],
    [
      'an unknown customer',
      'POST',
      '/api/customers/cust_99/churn-risk',
      { last_order_date: '2026-01-01' },
      {},
      404,
      'not_found',
    ],
  ])('answers %s with its own problem', async (_case, method, path, body, headers, status, code) => {
    const reply = await storefront.call(method, path, body, { 'x-correlation-id': 'try-1', ...headers });
    expect(reply).toMatchObject({ status, body: { status, code, correlation_id: 'try-1' } });
    expect(JSON.stringify(reply.body)).not.toMatch(/node_modules|at Object/);
  });
});

guardLeaks();
