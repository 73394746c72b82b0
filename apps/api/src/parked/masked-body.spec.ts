import { maskedBody } from './masked-body.js';

const base64 = (text: string) => Buffer.from(text).toString('base64');
const shown = (value: unknown) => maskedBody(base64(JSON.stringify(value)));

describe('the masked body of a parked event', () => {
  it('keeps what explains the fault and hides whom it is about', () => {
    const event = {
      specversion: '1.0',
      type: 'order.created',
      time: '2026-01-27T10:31:00.000Z',
      data: {
        order_id: '',
        total_amount: 'much',
        delivery_date: '2026-02-01',
        product_name: 'Milk',
        items: [{ name: 'Asha' }, { quantity: 2 }],
        customer: { id: 'cust_7', name: 'Asha Rao', phone: '+919876543210', marketing_consent: true },
      },
    };
    expect(shown(event)).toEqual({
      ...event,
      data: {
        ...event.data,
        items: [{ name: '***' }, { quantity: 2 }],
        customer: { ...event.data.customer, name: '***', phone: '+91******3210' },
      },
    });
  });

  it.each([
    [{ customerName: 'Asha' }, { customerName: '***' }],
    [{ full_name: 'Asha' }, { full_name: '***' }],
    [{ email: 'asha@example.org' }, { email: '***' }],
    [{ delivery_address: { street: 'MG Road' } }, { delivery_address: { street: '***' } }],
    [{ phone: 9876543210 }, { phone: '***' }],
    [{ to: 9876543210 }, { to: '***' }],
    [{ text: 'call 98765 43210 now' }, { text: 'call 987******3210 now' }],
    [{ '+919876543210': true }, { '+91******3210': true }],
    ['+91 98765-43210', '+91******3210'],
    [
      [null, 7, false],
      [null, 7, false],
    ],
  ])('of %j is %j', (value, masked) => {
    expect(shown(value)).toEqual(masked);
  });

  it('of what is no JSON is its shape alone, cut', () => {
    expect(maskedBody(base64('{"name": "Asha Rao", "phone": "+919876543210"'))).toBe(
      '{"xxxx": "xxxx xxx", "xxxxx": "+999999999999"',
    );
    expect(maskedBody(base64('आशा ७'))).toMatch(/^x[^आश]*$/u);
    expect(String(maskedBody(base64('y'.repeat(5_000))))).toHaveLength(1_000);
  });
});
