import { type EventData, type EventType, eventCatalogue } from '@earlybird/events';
import { anEvent, after, testStart } from '@earlybird/testing';
import { messageTypeNames } from '../message/message-type.js';
import { type Draft, draftNotifications } from './draft-notifications.js';
import { eventKey } from './idempotency-key.js';
import { rules } from './rules/rules.js';

function draft<Type extends EventType>(type: Type, data: Partial<EventData<Type>> = {}, about = {}): Draft {
  const [first, ...others] = draftNotifications(anEvent(type, data, about), rules, {});
  expect(others).toEqual([]);
  if (first === undefined) throw new Error(`no rule for ${type}`);
  return first;
}

const name = { customer_name: 'John Doe' };
const indian = (text: string) => new Date(`${text}+05:30`);

interface Told {
  readonly messageType: string;
  readonly category?: 'marketing';
  readonly immediate: boolean;
  readonly context: Readonly<Record<string, unknown>>;
  readonly referenceId: string;
  readonly validUntil?: Date;
}

/** The table of events.md, a row per event type, with the sample event of each. */
const told: Readonly<Record<EventType, Told>> = {
  'order.created': {
    messageType: 'order_confirmation',
    immediate: true,
    context: {
      ...name,
      order_id: 'order_123',
      total_amount: 200,
      currency: 'INR',
      delivery_date: '2026-02-01',
      items: [{ product_id: 'prod_123', quantity: 2, price: 100, total: 200 }],
    },
    referenceId: 'order_123',
  },
  'subscription.created': {
    messageType: 'subscription_confirmation',
    immediate: true,
    context: {
      ...name,
      subscription_id: 'sub_123',
      product: 'Cow milk 1 l',
      start_date: '2026-02-01',
      schedule: 'daily',
    },
    referenceId: 'sub_123',
  },
  'subscription.paused': {
    messageType: 'pause_confirmation',
    immediate: true,
    context: { ...name, subscription_id: 'sub_123', product: 'Cow milk 1 l', resume_date: '2026-02-15' },
    referenceId: 'sub_123',
  },
  'delivery.scheduled': {
    messageType: 'delivery_reminder',
    immediate: false,
    context: {
      ...name,
      delivery_id: 'del_123',
      delivery_date: '2026-02-01',
      slot: '06:00-08:00',
      area: 'Bandra',
      subscription_id: 'sub_123',
    },
    referenceId: 'sub_123',
    validUntil: indian('2026-02-01T06:00'),
  },
  'delivery.completed': {
    messageType: 'delivery_confirmed',
    immediate: true,
    context: {
      ...name,
      delivery_id: 'del_123',
      order_id: 'order_123',
      delivery_date: '2026-02-01T06:42:00+05:30',
      delivery_slot: '06:00-08:00',
    },
    referenceId: 'order_123',
  },
  'delivery.delayed': {
    messageType: 'delivery_delayed',
    immediate: true,
    context: { ...name, delivery_id: 'del_123', new_slot: '2026-02-01 08:00-10:00', reason: 'heavy rain' },
    referenceId: 'del_123',
    validUntil: indian('2026-02-01T08:00'),
  },
  'billing.bill_issued': {
    messageType: 'payment_reminder',
    immediate: false,
    context: {
      ...name,
      bill_id: 'bill_123',
      amount: 2500,
      currency: 'INR',
      period: 'January 2026',
      due_date: '2026-02-10',
    },
    referenceId: 'bill_123',
    validUntil: indian('2026-02-14T00:00'),
  },
  'billing.payment_received': {
    messageType: 'payment_confirmation',
    immediate: true,
    context: {
      ...name,
      payment_id: 'pay_123',
      bill_id: 'bill_123',
      order_id: 'order_123',
      amount: 2500,
      currency: 'INR',
    },
    referenceId: 'order_123',
  },
  'customer.churn_risk_detected': {
    messageType: 'churn_risk',
    category: 'marketing',
    immediate: false,
    context: { ...name, last_order_date: '2025-12-20', offer: '20% off your next order' },
    referenceId: 'cust_123',
  },
  'product.launched': {
    messageType: 'new_product',
    category: 'marketing',
    immediate: false,
    context: {
      ...name,
      product_id: 'prod_456',
      product_name: 'Buffalo ghee 500 ml',
      description: 'Slow-cooked, from our own farm.',
    },
    referenceId: 'prod_456',
  },
};

describe('what an event tells its customer', () => {
  it('is one message of its own type for each of the ten', () => {
    expect(Object.keys(told)).toEqual(eventCatalogue.types);
    expect(Object.values(told).map(({ messageType }) => messageType)).toEqual(messageTypeNames);
  });

  it.each(eventCatalogue.types)('%s', (type) => {
    const { category = 'utility', validUntil, ...expected } = told[type];
    const drafted = draft(type);
    expect(drafted).toMatchObject({
      ...expected,
      category,
      lane: category === 'marketing' ? 'bulk' : 'normal',
      channel: 'whatsapp',
      happenedAt: testStart,
    });
    expect(drafted.context).toStrictEqual(expected.context);
    expect(drafted.validUntil).toEqual(validUntil);
  });

  it('begins with nothing tried and nothing heard', () => {
    expect(draft('order.created')).toMatchObject({
      sweeps: 0,
      lastAttemptNumber: 0,
      attempts: [],
      receipts: [],
      adminActions: [],
    });
  });

  it('remembers the event, and once for ever the key of its telling', () => {
    const event = anEvent('order.created', {}, { id: 'evt_9', correlationId: 'cor_9' });
    const [drafted] = draftNotifications(event, rules, { correlationId: 'header', traceparent: 'trace' });
    expect(drafted).toMatchObject({
      event: { type: 'order.created', source: '/services/orders', id: 'evt_9' },
      correlationId: 'cor_9',
      traceparent: 'trace',
      idempotencyKey: eventKey({
        source: '/services/orders',
        eventId: 'evt_9',
        messageType: 'order_confirmation',
        customerId: 'cust_123',
      }),
    });
    expect(draftNotifications(event, rules, { correlationId: 'header', traceparent: 'trace' })).toEqual([drafted]);
  });

  it('goes on in the trace of the envelope, else in the one that the event names', () => {
    const event = { ...anEvent('order.created'), traceparent: 'event' };
    expect(draftNotifications(event, rules, { traceparent: 'envelope' })[0]?.traceparent).toBe('envelope');
    expect(draftNotifications(event, rules, {})[0]?.traceparent).toBe('event');
  });

  it('follows the envelope’s correlation id, else the event’s own id, where the event has none', () => {
    const { correlationid: _, ...event } = anEvent('order.created', {}, { id: 'evt_9' });
    expect(draftNotifications(event, rules, { correlationId: 'header' })[0]?.correlationId).toBe('header');
    expect(draftNotifications(event, rules, {})[0]?.correlationId).toBe('evt_9');
  });

  it('is nothing where no rule knows the event', () => {
    const others = rules.filter(({ eventType }) => eventType !== 'order.created');
    expect(draftNotifications(anEvent('order.created'), others, {})).toEqual([]);
  });

  describe('the recipient', () => {
    const customer = anEvent('order.created').data.customer;

    it('has the phone in E.164', () => {
      for (const phone of ['+91 98765 43210', '9876543210'])
        expect(draft('order.created', { customer: { ...customer, phone } }).recipient).toStrictEqual({
          phone: '+919876543210',
          userId: 'cust_123',
          name: 'John Doe',
          marketingConsent: true,
        });
    });

    it('has none where the event’s is not usable', () => {
      for (const phone of ['', 'unknown', '022 2654 3210'])
        expect(draft('order.created', { customer: { ...customer, phone } }).recipient).not.toHaveProperty('phone');
    });

    it('wishes for the language that the event names', () => {
      expect(draft('order.created', { customer: { ...customer, language: 'hi' } }).wishedLanguage).toBe('hi');
    });
  });

  describe('the reference', () => {
    it.each<[string, Draft, string]>([
      ['a delivery without subscription', draftWithout('delivery.scheduled', 'subscription_id'), 'del_123'],
      ['a delivery without order', draftWithout('delivery.completed', 'order_id'), 'del_123'],
      ['a payment without order', draftWithout('billing.payment_received', 'order_id'), 'bill_123'],
    ])('of %s is the next best', (_what, drafted, referenceId) => {
      expect(drafted.referenceId).toBe(referenceId);
    });
  });

  describe('the validity', () => {
    it('of a delivery whose slot has no known start ends with its day', () => {
      const drafted = draft('delivery.scheduled', { slot: 'early morning', delivery_date: '2026-02-03' });
      expect(drafted.validUntil).toEqual(indian('2026-02-04T00:00'));
    });

    it('of a delay whose slot has no known start is the span of its type', () => {
      expect(draft('delivery.delayed', { new_slot: '6-8 AM' }).validUntil).toBeUndefined();
    });

    it('counts from when it happened, not from when it came', () => {
      expect(draft('order.created', {}, { time: after(-3_600_000) }).happenedAt).toEqual(after(-3_600_000));
    });
  });
});

/** The draft of a sample event from which one optional field was taken. */
function draftWithout(type: EventType, field: string): Draft {
  const event = anEvent(type);
  const data = Object.fromEntries(Object.entries(event.data).filter(([key]) => key !== field));
  const [drafted] = draftNotifications({ ...event, data } as typeof event, rules, {});
  if (drafted === undefined) throw new Error(`no rule for ${type}`);
  return drafted;
}
