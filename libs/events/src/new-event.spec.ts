import { newEvent } from './new-event.js';

const customer = { id: 'cust_1', name: 'John Doe', phone: '+919876543210' };

describe('a new event', () => {
  it('gets the rest of its envelope from its type and data', () => {
    const time = new Date('2026-02-01T06:00:00Z');
    const event = newEvent({
      type: 'customer.churn_risk_detected',
      id: 'evt_1',
      time,
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      data: { customer, last_order_date: '2025-12-20' },
    });
    expect(event).toEqual({
      specversion: '1.0',
      id: 'evt_1',
      source: '/services/subscriptions',
      type: 'customer.churn_risk_detected',
      time: '2026-02-01T06:00:00.000Z',
      subject: 'cust_1',
      datacontenttype: 'application/json',
      correlationid: 'evt_1',
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      data: { customer, last_order_date: '2025-12-20' },
    });
  });

  it('has an id that no other has, and a time of its own', () => {
    const data = { customer, product_id: 'p', product_name: 'Ghee' };
    const [one, other] = [newEvent({ type: 'product.launched', data }), newEvent({ type: 'product.launched', data })];
    expect(one.id).not.toBe(other.id);
    expect(Math.abs(Date.parse(one.time) - Date.now())).toBeLessThan(60_000);
  });

  it('is refused with every wrong field named', () => {
    const data = { customer: { ...customer, name: ' ' }, last_order_date: 'yesterday' };
    expect(() => newEvent({ type: 'customer.churn_risk_detected', data })).toThrow(
      /data\.customer\.name must not be empty; data\.last_order_date must be a day/,
    );
  });
});
