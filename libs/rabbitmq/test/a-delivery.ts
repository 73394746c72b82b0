import type { Delivery } from '../src/envelope/delivery.js';

/** A delivery as it comes from the events' queue, for the first time. */
export const aDelivery = (parts: Partial<Delivery> = {}): Delivery => ({
  queue: 'notifications.events',
  body: Buffer.from('{}'),
  exchange: 'domain.events',
  routingKey: 'order.created',
  redelivered: false,
  deliveryCount: 0,
  headers: {},
  userId: 'svc-order',
  ...parts,
});
