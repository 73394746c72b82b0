import { decodeDispatchEnvelope } from '../envelope/decode-dispatch-envelope.js';
import { decodeEventEnvelope } from '../envelope/decode-event-envelope.js';
import { aDelivery } from '../../test/a-delivery.js';
import type { Delivery } from '../envelope/delivery.js';
import { movedCopy } from './moved-copy.js';

/** The copy as a consumer of `queue` gets it. */
const arrived = (delivery: Delivery, queue: string): Delivery => {
  const { body, headers = {} } = movedCopy(delivery, queue);
  const { userId: _, ...rest } = delivery;
  return { ...rest, queue, body, headers, exchange: '', routingKey: queue, redelivered: false, userId: 'admin' };
};

describe('a copy that is moved', () => {
  it('of an event is still of its publisher and its type', () => {
    const event = aDelivery({ userId: 'svc-order', headers: { 'x-correlation-id': 'c', 'x-death': [] } });
    const aside = arrived(event, 'notifications.events.aside');
    const envelope = decodeEventEnvelope(arrived(aside, 'notifications.events'));
    expect(envelope).toMatchObject({ publisher: 'svc-order', routingKey: 'order.created', correlationId: 'c' });
    expect(envelope.redelivered).toBe(false);
    expect(aside.headers).not.toHaveProperty('x-death');
  });

  it('of an event that was handed over before keeps the duty to repeat', () => {
    const aside = arrived(aDelivery({ redelivered: true }), 'notifications.events.aside');
    expect(decodeEventEnvelope(arrived(aside, 'notifications.events')).redelivered).toBe(true);
  });

  it.each([true, false])('of a dispatch envelope keeps the duty to repeat, redelivered or not (%s)', (redelivered) => {
    const body = Buffer.from(JSON.stringify({ notificationId: 'msg_1', attempt: 2, repeat: false }));
    const queue = 'notifications.dispatch';
    const envelope = aDelivery({ queue, body, redelivered, exchange: '', routingKey: queue });
    expect(decodeDispatchEnvelope(arrived(envelope, queue))).toMatchObject({ envelope: { repeat: redelivered } });
  });
});
