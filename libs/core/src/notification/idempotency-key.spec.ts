import fc from 'fast-check';
import { eventKey, requestKey, resendKey } from './idempotency-key.js';

const parts = { source: '/services/orders', eventId: 'evt', messageType: 'order_confirmation', customerId: 'cust' };

describe('an idempotency key', () => {
  it('is 64 hex digits and always the same for the same thing', () => {
    for (const key of [eventKey(parts), requestKey('shop', 'key'), resendKey('msg_1', 0)])
      expect(key).toMatch(/^[0-9a-f]{64}$/);
    expect(eventKey({ ...parts })).toBe(eventKey(parts));
  });

  it.each(Object.keys(parts))('of an event depends on its %s', (part) => {
    expect(eventKey({ ...parts, [part]: 'other' })).not.toBe(eventKey(parts));
  });

  it('is another for each client, round and kind of cause', () => {
    const keys = [
      requestKey('shop', 'a'),
      requestKey('app', 'a'),
      requestKey('shop', 'b'),
      resendKey('shop', 0),
      resendKey('shop', 1),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('cannot be imitated by parts that run together', () => {
    const text = fc.stringMatching(/^[a|",\\]{0,4}$/);
    fc.assert(
      fc.property(text, text, text, text, (client, key, otherClient, otherKey) => {
        fc.pre(client !== otherClient || key !== otherKey);
        expect(requestKey(client, key)).not.toBe(requestKey(otherClient, otherKey));
      }),
    );
  });
});
