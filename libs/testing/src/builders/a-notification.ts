import { type Notification, eventKey, newId } from '@earlybird/core';
import { after, testStart } from './instant.js';

/** A queued order confirmation without attempts, with a new id and key each time; `parts` replace whole fields. */
export function aNotification(parts: Partial<Notification> = {}): Notification {
  const id = parts.id ?? newId('msg', testStart);
  const createdAt = parts.createdAt ?? testStart;
  const status = parts.status ?? 'queued';
  return {
    id,
    idempotencyKey: eventKey({
      source: '/services/orders',
      eventId: id,
      messageType: 'order_confirmation',
      customerId: 'cust_123',
    }),
    event: { type: 'order.created', source: '/services/orders', id: `event of ${id}` },
    correlationId: `correlation of ${id}`,
    channel: 'whatsapp',
    recipient: { phone: '+919876543210', userId: 'cust_123', name: 'John Doe' },
    messageType: 'order_confirmation',
    category: 'utility',
    lane: 'normal',
    language: 'en',
    context: { customer_name: 'John Doe', order_id: 'order_123', total_amount: 200, currency: 'INR' },
    status,
    immediate: true,
    referenceId: 'order_123',
    validUntil: after(24 * 3_600_000, createdAt),
    sweeps: 0,
    lastAttemptNumber: 0,
    attempts: [],
    receipts: [],
    adminActions: [],
    createdAt,
    updatedAt: createdAt,
    statusTimes: { [status]: createdAt },
    ...parts,
  };
}
