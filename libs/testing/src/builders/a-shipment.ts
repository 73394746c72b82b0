import type { Shipment } from '@earlybird/core';
import { aTemplate } from './a-template.js';

let made = 0;

/** The first attempt of a new notification: an order confirmation as free text to one customer; `parts` replace whole fields. */
export function aShipment(parts: Partial<Shipment> = {}): Shipment {
  made += 1;
  return {
    notificationId: `msg_shipment${process.pid}x${made}`,
    attempt: 1,
    phone: '+919876543210',
    message: { text: `Dear Priya Sharma, order ORD-${made} is confirmed.`, template: aTemplate() },
    variables: { customer_name: 'Priya Sharma', order_id: `ORD-${made}`, total_amount: 2500 },
    ...parts,
  };
}
