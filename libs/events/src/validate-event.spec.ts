import fc from 'fast-check';
import { eventCatalogue } from './event-catalogue.js';
import { eventDefinitions } from './event-definitions.js';

const envelope = {
  specversion: '1.0',
  id: 'evt_1',
  source: '/services/orders',
  time: '2026-02-01T06:00:00.123456789+05:30',
};
const customer = { id: 'cust_1', name: 'John Doe', phone: '+919876543210' };
const order = (data: object = {}, attributes: object = {}): unknown => ({
  ...envelope,
  type: 'order.created',
  ...attributes,
  data: { customer, ...eventDefinitions['order.created'].sample, ...data },
});
const pathsOf = (type: string, value: unknown): string[] => {
  const validation = eventCatalogue.validate(type, value);
  return validation.ok ? [] : validation.issues.map(({ path }) => path);
};

describe('validating an event', () => {
  it.each(eventCatalogue.types)('accepts the sample of %s', (type) => {
    const value = { ...envelope, type, data: { customer, ...eventDefinitions[type].sample } };
    expect(eventCatalogue.validate(type, value)).toEqual({ ok: true, event: value });
  });

  it('keeps unknown extra fields out without refusing the event', () => {
    const validation = eventCatalogue.validate('order.created', order({ gift: true }, { tracestate: 'x' }));
    expect(validation).toEqual({ ok: true, event: order() });
  });

  it('reads null as absent', () => {
    const validation = eventCatalogue.validate('order.created', order({ customer: { ...customer, language: null } }));
    expect(validation).toEqual({ ok: true, event: order() });
  });

  it.each(['', '12345', 'no phone', undefined, null])('accepts a customer with the unusable phone %p', (phone) => {
    const validation = eventCatalogue.validate('order.created', order({ customer: { ...customer, phone } }));
    expect(validation).toEqual({ ok: true, event: order({ customer: { ...customer, phone: phone ?? '' } }) });
  });

  it.each([
    ['an unknown type', 'order.exploded', order(), ['type']],
    ['the name of an inherited property as the type', 'constructor', order(), ['type']],
    ['a body whose type is another one', 'order.created', order({}, { type: 'product.launched' }), ['type']],
    ['no object', 'order.created', 'order', ['']],
    ['a list', 'order.created', [], ['']],
    ['null', 'order.created', null, ['']],
    ['another specversion', 'order.created', order({}, { specversion: '0.3' }), ['specversion']],
    ['an empty id', 'order.created', order({}, { id: '' }), ['id']],
    ['an id of blanks', 'order.created', order({}, { id: '  ' }), ['id']],
    ['an id that is too long', 'order.created', order({}, { id: 'x'.repeat(121) }), ['id']],
    ['a time without an offset', 'order.created', order({}, { time: '2026-02-01T06:00:00' }), ['time']],
    ['data that is not JSON', 'order.created', order({}, { datacontenttype: 'text/xml' }), ['datacontenttype']],
    ['a day that does not exist', 'order.created', order({ delivery_date: '2026-02-30' }), ['data.delivery_date']],
    ['an amount as text', 'order.created', order({ total_amount: '200' }), ['data.total_amount']],
    ['a negative amount', 'order.created', order({ total_amount: -1 }), ['data.total_amount']],
    ['an endless amount', 'order.created', order({ total_amount: Infinity }), ['data.total_amount']],
    ['a currency sign', 'order.created', order({ currency: '₹' }), ['data.currency']],
    ['a wrong item', 'order.created', order({ items: [{ product_id: 'p', quantity: 1 }] }), ['data.items.0.price']],
    ['no customer', 'order.created', order({ customer: undefined }), ['data.customer']],
    ['several faults', 'order.created', order({ order_id: 7, currency: 'x' }), ['data.order_id', 'data.currency']],
  ])('names the field of %s', (_fault, type, value, paths) => {
    expect(pathsOf(type, value)).toEqual(paths);
  });

  it('names at most 20 issues and no values', () => {
    const items = Array.from({ length: 100 }, () => ({ secret: '+919876543210' }));
    const validation = eventCatalogue.validate('order.created', order({ items }));
    expect(validation).toMatchObject({ ok: false, issues: { length: 20 } });
    expect(JSON.stringify(validation)).not.toContain('9876543210');
  });

  it('judges any JSON value without throwing', () => {
    fc.assert(
      fc.property(fc.constantFrom(...eventCatalogue.types), fc.jsonValue(), (type, value) => {
        expect(eventCatalogue.validate(type, value).ok).toBe(false);
        expect(eventCatalogue.validate(type, { ...envelope, type, data: value }).ok).toBe(false);
      }),
    );
  });
});
