import type { DomainEvent } from '../domain-event.js';
import { sampleEvent } from '../sample-event.js';
import { demandOwnEvent, demandOwnSource } from './own-event.js';

const about = { id: 'evt_1', time: new Date('2026-02-01T00:00:00Z') };
const order = sampleEvent('order.created', about);

/** The failure of judging the event, for its code and its issues. */
function failureOf(event: DomainEvent): unknown {
  try {
    return demandOwnEvent(event, '/services/orders');
  } catch (failure) {
    return failure;
  }
}

describe('an own event', () => {
  it('is sent without fields outside the published language', () => {
    expect(demandOwnEvent({ ...order, secret: 'x' } as unknown as DomainEvent, '/services/orders')).toEqual(order);
  });

  it('is not of an unknown type', () => {
    const event = { ...order, type: 'order.exploded' } as unknown as DomainEvent;
    expect(failureOf(event)).toMatchObject({ code: 'unknown_type' });
  });

  it('is valid', () => {
    const event = { ...order, data: { ...order.data, total_amount: -1 } } as unknown as DomainEvent;
    expect(failureOf(event)).toMatchObject({ code: 'invalid_event', issues: [{ path: 'data.total_amount' }] });
  });

  it.each([
    ['of the type of another service', sampleEvent('billing.bill_issued', about)],
    [
      'that borrows the source for the type of another service',
      { ...sampleEvent('billing.bill_issued', about), source: '/services/orders' },
    ],
    ['with the source of another service', { ...order, source: '/services/billing' }],
  ])('is none %s', (_case, event) => {
    expect(failureOf(event)).toMatchObject({ code: 'foreign_type' });
  });
});

describe('an own source', () => {
  it.each(['svc-order', 'guest', ''])('may be used by the account %p', (user) => {
    expect(() => demandOwnSource('/services/orders', user)).not.toThrow();
  });

  it('may not be used by the account of another service', () => {
    expect(() => demandOwnSource('/services/orders', 'svc-billing')).toThrow('/services/billing');
  });

  it('is one of the platform', () => {
    expect(() => demandOwnSource('/services/kitchen', 'guest')).toThrow('/services/orders, /services/subscriptions');
  });
});
