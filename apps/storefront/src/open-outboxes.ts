import { eventPublishers, type EventPublisherIdentity } from '@earlybird/events';
import { type Log, type StorefrontConfig } from '@earlybird/ops';
import { type Db } from 'mongodb';
import { BillingModule } from './billing/billing.module.js';
import { DeliveryModule } from './delivery/delivery.module.js';
import { OrderModule } from './order/order.module.js';
import { ServiceOutbox } from './outbox/service-outbox.js';
import { SubscriptionModule } from './subscription/subscription.module.js';

/** One outbox per publishing service, each with its own account on the broker. */
export type ServiceOutboxes = Readonly<Record<EventPublisherIdentity['service'], ServiceOutbox>>;

/** Opens the outboxes of all four services. */
export async function openOutboxes(db: Db, config: StorefrontConfig, log: Log): Promise<ServiceOutboxes> {
  const open = (service: EventPublisherIdentity['service'], collections: readonly string[]): Promise<ServiceOutbox> =>
    ServiceOutbox.open({ identity: identityOf(service), url: config.publishers[service], db, collections, log });
  return {
    order: await open('order', OrderModule.collections),
    subscription: await open('subscription', SubscriptionModule.collections),
    delivery: await open('delivery', DeliveryModule.collections),
    billing: await open('billing', BillingModule.collections),
  };
}

function identityOf(service: EventPublisherIdentity['service']): EventPublisherIdentity {
  const identity = eventPublishers.find((publisher) => publisher.service === service);
  if (identity === undefined) throw new Error(`libs/events knows no ${service} service.`);
  return identity;
}
