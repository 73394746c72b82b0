import { eventCatalogue } from '@earlybird/events';
import { after, anEvent, testStart } from '@earlybird/testing';
import fc from 'fast-check';
import { type EventEnvelope, type EventRegister, type ParsedEvent, parseEvent } from './parse-event.js';

const register: EventRegister = { catalogue: eventCatalogue, trusted: ['guest'] };
const order = anEvent('order.created', {}, { id: 'evt_1' });
const bytesOf = (body: unknown) => new TextEncoder().encode(JSON.stringify(body));

function parse(body: unknown, envelope: Partial<EventEnvelope> = {}): ParsedEvent {
  const arrived = {
    body: body instanceof Uint8Array ? body : bytesOf(body),
    routingKey: 'order.created',
    publisher: 'svc-order',
    redelivered: false,
    ...envelope,
  };
  return parseEvent(arrived, register, testStart);
}

/** The order with one of its fields, by dotted path, set to `value` or taken away. */
function orderWith(path: string, value?: unknown): unknown {
  const event = JSON.parse(JSON.stringify(order)) as Record<string, unknown>;
  const steps = path.split('.');
  const field = steps.pop() ?? '';
  const holder = steps.reduce((inner, step) => inner[step] as Record<string, unknown>, event);
  if (value === undefined) delete holder[field];
  else holder[field] = value;
  return event;
}

describe('parsing an event', () => {
  it.each(eventCatalogue.types)('reads %s as its publisher wrote it', (type) => {
    const event = anEvent(type);
    const { user } = eventCatalogue.publisherOf(type);
    expect(parse(event, { routingKey: type, publisher: user })).toEqual({ ok: true, event });
  });

  it('takes no offence at fields that it does not know', () => {
    const event = { ...order, comexampleextension: 'x', data: { ...order.data, gift: true } };
    expect(parse(event)).toEqual({ ok: true, event: order });
  });

  it('takes an event whose customer has no usable phone', () => {
    for (const phone of [undefined, '', 'unknown'])
      expect(parse(orderWith('data.customer.phone', phone)).ok).toBe(true);
  });

  it.each(['2026-02-01T05:00:00.123456789Z', '2026-02-01T10:30:00+05:30', '2026-02-01T05:04:59Z'])(
    'takes the time %s',
    (time) => {
      const parsed = parse(orderWith('time', time));
      expect(parsed.ok).toBe(true);
    },
  );

  describe('sets aside as unreadable', () => {
    it.each<[string, Uint8Array, string]>([
      ['an empty body', new Uint8Array(), 'no JSON'],
      ['half a body', new TextEncoder().encode('{"specversion":"1.0"'), 'no JSON'],
      ['bytes that are no UTF-8', new Uint8Array([0x22, 0xff, 0x22]), 'UTF-8'],
      ['a body beyond 256 KiB', new Uint8Array(256 * 1024 + 1), '262145 bytes'],
    ])('%s', (_what, body, detail) => {
      expect(parse(body)).toEqual({
        ok: false,
        reason: 'unreadable',
        detail: expect.stringContaining(detail) as string,
      });
    });
  });

  describe('sets aside as no CloudEvent', () => {
    it.each([[null], [[order]], ['text'], [7]])('%j, which is no object', (body) => {
      expect(parse(body)).toMatchObject({ reason: 'not_a_cloudevent', detail: 'the body is no JSON object' });
    });

    it.each([
      ['specversion', undefined],
      ['specversion', '0.3'],
      ['specversion', 1],
      ['type', undefined],
      ['type', 7],
    ])('one whose %s is %j', (field, value) => {
      expect(parse(orderWith(field, value))).toEqual({
        ok: false,
        reason: 'not_a_cloudevent',
        detail: expect.stringMatching(`^${field}: `) as string,
        eventId: 'evt_1',
      });
    });
  });

  it('sets aside a type that nobody knows, and names it', () => {
    for (const type of ['order.cancelled', 'toString', '__proto__', ''])
      expect(parse(orderWith('type', type), { routingKey: type })).toEqual({
        ok: false,
        reason: 'unknown_type',
        detail: `type: '${type}' is not known`,
        eventId: 'evt_1',
      });
  });

  it.each([
    ['id', undefined],
    ['id', ''],
    ['id', 'x'.repeat(121)],
    ['source', undefined],
    ['time', undefined],
    ['time', 'yesterday'],
    ['time', '2026-02-01T05:00:00'],
    ['time', '2026-02-30T05:00:00Z'],
    ['data', undefined],
    ['data', []],
    ['data.customer', undefined],
    ['data.customer.id', undefined],
    ['data.customer.name', ' '],
    ['data.customer.name', { $ne: null }],
    ['data.customer.phone', 9876543210],
    ['data.customer.marketing_consent', 'yes'],
    ['data.order_id', 123],
    ['data.total_amount', '₹200'],
    ['data.total_amount', -1],
    ['data.currency', 'rupees'],
    ['data.delivery_date', '2026-02-30'],
    ['data.items', 'milk'],
    ['data.items.0.quantity', 0],
  ])('sets aside data whose %s is %j, and names the field', (path, value) => {
    const parsed = parse(orderWith(path, value));
    expect(parsed).toMatchObject({ ok: false, reason: 'invalid_data' });
    expect(parsed).toHaveProperty('detail', expect.stringContaining(`${path}: `));
  });

  it('names every wrong field at once, and no value', () => {
    const body = { ...order, time: 'yesterday', data: { ...order.data, order_id: 7, currency: 'secret' } };
    const parsed = parse(body);
    for (const path of ['time: ', 'data.order_id: ', 'data.currency: '])
      expect(parsed).toHaveProperty('detail', expect.stringContaining(path));
    expect(JSON.stringify(parsed)).not.toMatch(/yesterday|secret/);
  });

  describe('sets aside an identity that does not fit', () => {
    it.each<[string, unknown, Partial<EventEnvelope>, string]>([
      ['a routing key of another type', order, { routingKey: 'product.launched' }, 'type: '],
      ['a source that does not publish the type', orderWith('source', '/services/billing'), {}, 'source: '],
      ['another service’s account', order, { publisher: 'svc-billing' }, 'source: '],
      ['an account of nobody', order, { publisher: 'somebody' }, 'source: '],
      ['a time more than five minutes ahead', orderWith('time', after(300_001).toISOString()), {}, 'time: '],
    ])('%s', (_what, body, envelope, detail) => {
      expect(parse(body, envelope)).toEqual({
        ok: false,
        reason: 'identity_mismatch',
        detail: expect.stringMatching(`^${detail}`) as string,
        eventId: 'evt_1',
      });
    });

    it('but for five minutes ahead, a trusted account, and a publisher that did not name itself', () => {
      expect(parse(orderWith('time', after(300_000).toISOString())).ok).toBe(true);
      expect(parse(order, { publisher: 'guest' }).ok).toBe(true);
      const anonymous = { body: bytesOf(order), routingKey: 'order.created', redelivered: false };
      expect(parseEvent(anonymous, register, testStart).ok).toBe(true);
    });
  });

  it('answers every body, with a reason that fits into a header', () => {
    const json = fc.oneof(
      fc.json().map((text) => new TextEncoder().encode(text)),
      fc.uint8Array(),
      fc.jsonValue().map((value) => bytesOf({ ...order, data: value })),
      fc.string({ minLength: 1_000 }).map((type) => bytesOf({ ...order, type })),
    );
    fc.assert(
      fc.property(json, (body) => {
        const parsed = parse(body);
        if (!parsed.ok) expect(parsed.detail.length).toBeLessThanOrEqual(500);
      }),
    );
  });
});
