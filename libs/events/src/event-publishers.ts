/**
 * A service that publishes events: its account on the broker, and the `source` that its events carry. The account may
 * write only the routing keys with its prefixes (broker.md, accounts), and no other account may use its source.
 */
export interface EventPublisherIdentity {
  readonly service: 'order' | 'subscription' | 'delivery' | 'billing';
  /** The AMQP user, equal to the `user-id` property of everything that it publishes. */
  readonly user: string;
  /** The `source` attribute of its events. */
  readonly source: string;
  /** The first words of the event types that it speaks for. */
  readonly prefixes: readonly string[];
}

/** The four publishing services. The subscription service also speaks for customers, the order service for products. */
export const eventPublishers: readonly EventPublisherIdentity[] = [
  { service: 'order', user: 'svc-order', source: '/services/orders', prefixes: ['order', 'product'] },
  {
    service: 'subscription',
    user: 'svc-subscription',
    source: '/services/subscriptions',
    prefixes: ['subscription', 'customer'],
  },
  { service: 'delivery', user: 'svc-delivery', source: '/services/deliveries', prefixes: ['delivery'] },
  { service: 'billing', user: 'svc-billing', source: '/services/billing', prefixes: ['billing'] },
];
