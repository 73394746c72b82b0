import { endpointExamples } from '../src/guide/endpoint-examples.js';
import { guardLeaks } from '@earlybird/testing';
import { StorefrontUnderTest } from './support/storefront-under-test.js';

const usersOrder = {
  items: [{ product_id: 'prod_123', quantity: 2, price: 100, total: 200 }],
  delivery_date: '2026-02-01',
  address_id: 'addr_123',
  notes: 'Standard delivery',
};

const typeOf: Record<string, string> = {
  '/api/orders': 'order.created',
  '/api/subscriptions': 'subscription.created',
  '/api/subscriptions/sub_123/pause': 'subscription.paused',
  '/api/delivery/schedule': 'delivery.scheduled',
  '/api/delivery/mark-delivered': 'delivery.completed',
  '/api/delivery/delay': 'delivery.delayed',
  '/api/billing/bills': 'billing.bill_issued',
  '/api/billing/payment': 'billing.payment_received',
  '/api/customers/cust_1/churn-risk': 'customer.churn_risk_detected',
  '/api/products/launch': 'product.launched',
};
const publishing = endpointExamples(new Date()).filter(({ path }) => path in typeOf);

describe('the endpoints of the storefront', () => {
  let storefront: StorefrontUnderTest;
  beforeAll(async () => {
    storefront = await StorefrontUnderTest.prepare();
    await storefront.start();
  });
  afterAll(() => storefront.remove());

  const post = (path: string, body: unknown, headers?: Record<string, string>) =>
    storefront.call('POST', path, body, headers);

  it('are ten that publish', () => {
    expect(publishing).toHaveLength(10);
  });

  it.each(publishing)('$method $path works with the body of the guide', async ({ method, path, body }) => {
    const reply = await storefront.call(method, path, body);
    expect(reply.status).toBe(method === 'PUT' ? 200 : 201);
    const event = await storefront.eventOf(reply);
    expect(event).toMatchObject({
      type: typeOf[path],
      correlationid: reply.body['correlation_id'],
      data: { customer: { id: 'cust_1', name: 'Asha Rao' } },
    });
  });

  it("take the user's order word for word", async () => {
    const reply = await post('/api/orders', usersOrder, { authorization: 'Bearer anything' });
    expect(reply).toMatchObject({
      status: 201,
      body: { id: expect.stringMatching(/^order_/) as unknown, status: 'placed', total_amount: 200, currency: 'INR' },
    });
    const event = await storefront.eventOf(reply);
    expect(event).toMatchObject({
      source: '/services/orders',
      subject: reply.body['id'],
      data: { order_id: reply.body['id'], total_amount: 200, delivery_date: '2026-02-01', items: usersOrder.items },
    });
  });

  it('sum up an order without errors of floating point', async () => {
    const items = [
      { product_id: 'p1', quantity: 3, price: 0.1 },
      { product_id: 'p2', quantity: 2, price: 19.99 },
    ];
    expect((await post('/api/orders', { ...usersOrder, items })).body).toMatchObject({ total_amount: 40.28 });
  });

  it('take a customer of the book, or one of their own', async () => {
    const known = await post('/api/orders', { ...usersOrder, customer_id: 'cust_4' });
    const inline = { name: 'Magic', phone: '+919999900002', language: 'hi', marketing_consent: true };
    const foreign = await post('/api/orders', { ...usersOrder, customer: inline });
    expect((await storefront.eventOf(known)).data.customer).toEqual({
      id: 'cust_4',
      name: 'Sunita Devi',
      phone: '+919876543204',
      language: 'hi',
      marketing_consent: false,
    });
    const guest = (await storefront.eventOf(foreign)).data.customer;
    expect(guest).toEqual({ id: expect.stringMatching(/^guest_[\da-f]{12}$/) as unknown, ...inline });
  });

  it('pass on an unusable phone of an inline customer: that is for the notification service to judge', async () => {
    const reply = await post('/api/orders', { ...usersOrder, customer: { name: 'Nobody', phone: '123' } });
    expect((await storefront.eventOf(reply)).data.customer.phone).toBe('123');
  });

  it('put new customers into the book', async () => {
    const customer = { name: 'Lata Nair', phone: '+919876543299', language: 'en' };
    const added = await post('/api/customers', customer);
    expect(added).toMatchObject({ status: 201, body: { ...customer, event_ids: [] } });
    const { body } = await storefront.call('GET', '/api/customers');
    expect(body['customers']).toContainEqual({ id: added.body['id'], ...customer });
    const reply = await post('/api/orders', { ...usersOrder, customer_id: added.body['id'] });
    expect((await storefront.eventOf(reply)).data.customer.name).toBe('Lata Nair');
  });

  it('tell of a launch to everyone in the book, or to one', async () => {
    const { body } = await storefront.call('GET', '/api/customers');
    const book = (body['customers'] as { id: string }[]).map(({ id }) => id);
    const launch = await post('/api/products/launch', { product_name: 'Ghee' });
    const told = await Promise.all(book.map((_, index) => storefront.eventOf(launch, index)));
    expect(told.map((event) => event.data.customer.id).sort()).toEqual([...book].sort());
    const single = await post('/api/products/launch', { product_name: 'Ghee', customer_id: 'cust_2' });
    expect(single.body).toMatchObject({ audience: 1, event_ids: { length: 1 } });
  });

  it('pause a subscription that they know with what they know of it', async () => {
    const customer = { name: 'Magic', phone: '+919999900001' };
    const started = await post('/api/subscriptions', { product_name: 'Curd', start_date: '2026-02-01', customer });
    const paused = await storefront.call('PUT', `/api/subscriptions/${String(started.body['id'])}/pause`);
    expect(paused).toMatchObject({ status: 200, body: { status: 'paused', product_name: 'Curd' } });
    expect((await storefront.eventOf(paused)).data).toMatchObject({ product_name: 'Curd', customer });
  });

  it('answer 404 for a subscription that nobody knows, and say how to pause it all the same', async () => {
    const unknown = await storefront.call('PUT', '/api/subscriptions/sub_unseen/pause', {});
    expect(unknown).toMatchObject({ status: 404, body: { code: 'not_found' } });
    expect(unknown.body['detail']).toContain('product_name');
    const named = await storefront.call('PUT', '/api/subscriptions/sub_unseen/pause', { product_name: 'Paneer' });
    expect(named.status).toBe(200);
  });

  it('remember what a delivery was planned with', async () => {
    const customer = { name: 'Magic', phone: '+919999900003' };
    const plan = { delivery_id: 'del_9', delivery_date: '2026-03-01', slot: '06:00-08:00', area: 'Bandra', customer };
    await post('/api/delivery/schedule', plan);
    const late = await post('/api/delivery/delay', { delivery_id: 'del_9', new_slot: '08:00-10:00' });
    expect((await storefront.eventOf(late)).data).toMatchObject({ new_slot: '2026-03-01 08:00-10:00', customer });
    const made = await post('/api/delivery/mark-delivered', { delivery_id: 'del_9' });
    expect((await storefront.eventOf(made)).data).toMatchObject({ delivery_slot: '08:00-10:00', customer });
  });

  it('let a bill say what is paid', async () => {
    const bill = { bill_id: 'bill_9', amount: 249.5, period: 'January 2026', due_date: '2026-02-10' };
    expect((await post('/api/billing/bills', bill)).status).toBe(201);
    expect(await post('/api/billing/bills', bill)).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'bill_id' }] },
    });
    const paid = await post('/api/billing/payment', { bill_id: 'bill_9' });
    expect((await storefront.eventOf(paid)).data).toMatchObject({ amount: 249.5, bill_id: 'bill_9' });
  });

  it("carry the caller's correlation id and trace context, and make up what is missing or malformed", async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const given = await post('/api/orders', usersOrder, { 'x-correlation-id': 'cart-42', traceparent });
    expect(given.headers.get('x-correlation-id')).toBe('cart-42');
    expect(await storefront.eventOf(given)).toMatchObject({ correlationid: 'cart-42', traceparent });
    const malformed = await post('/api/orders', usersOrder, { 'x-correlation-id': 'a b', traceparent: 'x' });
    const event = await storefront.eventOf(malformed);
    expect(event.correlationid).toMatch(/^[\da-f-]{36}$/);
    expect(event).not.toHaveProperty('traceparent');
  });

  it('say at GET / what this is', async () => {
    const { status, body } = await storefront.call('GET', '/');
    expect([status, body['name']]).toEqual([200, 'EarlyBird storefront']);
  });

  it('are healthy while both servers are there', async () => {
    const { status, body } = await storefront.call('GET', '/health');
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: 'healthy', database: 'up', publishers: { order: 'connected' } });
  });
});

guardLeaks();
