import { eventCatalogue } from './event-catalogue.js';

describe('the event catalogue', () => {
  it('lists the ten types', () => {
    expect(eventCatalogue.types).toEqual([
      'order.created',
      'subscription.created',
      'subscription.paused',
      'delivery.scheduled',
      'delivery.completed',
      'delivery.delayed',
      'billing.bill_issued',
      'billing.payment_received',
      'customer.churn_risk_detected',
      'product.launched',
    ]);
  });

  it.each([
    ['order.created', 'svc-order', '/services/orders'],
    ['product.launched', 'svc-order', '/services/orders'],
    ['subscription.paused', 'svc-subscription', '/services/subscriptions'],
    ['customer.churn_risk_detected', 'svc-subscription', '/services/subscriptions'],
    ['delivery.delayed', 'svc-delivery', '/services/deliveries'],
    ['billing.bill_issued', 'svc-billing', '/services/billing'],
  ] as const)('lets %s be published by %s as %s alone', (type, user, source) => {
    expect(eventCatalogue.publisherOf(type).user).toBe(user);
    expect(eventCatalogue.sourceOf(type)).toBe(source);
    expect(eventCatalogue.sourceOfUser(user)).toBe(source);
  });

  it('knows a publisher for every type', () => {
    for (const type of eventCatalogue.types)
      expect(eventCatalogue.publisherOf(type).prefixes).toContain(type.split('.')[0]);
  });

  it('knows no source of a user that is no publishing service', () => {
    expect(eventCatalogue.sourceOfUser('svc-notifications-api')).toBeUndefined();
  });

  it('tells which fields a type has and which it needs', () => {
    expect(eventCatalogue.fieldsOf('subscription.paused')).toEqual([
      { name: 'customer', required: true },
      { name: 'subscription_id', required: true },
      { name: 'product_name', required: true },
      { name: 'resume_date', required: false },
    ]);
  });
});
