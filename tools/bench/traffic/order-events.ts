import { type DomainEvent, newEvent } from '@earlybird/events';

/** The size of an event on the wire (quality.md). */
const eventBytes = 1_024;
const items = 4;
/** Numbers that differ in their last five digits. */
const phones = 100_000;

/** Makes events `order.created` of 1 KB, each for another customer, and never the same twice. */
export class OrderEvents {
  private made = 0;

  /** The next `count` events, as of now. */
  next(count: number): readonly DomainEvent[] {
    return Array.from({ length: count }, () => this.one());
  }

  private one(): DomainEvent {
    this.made += 1;
    const short = orderEvent(this.made, '-');
    const missing = eventBytes - Buffer.byteLength(JSON.stringify(short));
    return orderEvent(this.made, '-'.repeat(1 + Math.max(0, Math.floor(missing / items))));
  }
}

/** The number that event number `index` is for. */
export function phoneOfOrder(index: number): string {
  return `+9198765${String(index % phones).padStart(5, '0')}`;
}

function orderEvent(index: number, itemName: string): DomainEvent {
  return newEvent({
    type: 'order.created',
    id: `bench-${index}`,
    data: {
      customer: { id: `cust_${index}`, name: 'John Doe', phone: phoneOfOrder(index), language: 'en' },
      order_id: `order_${index}`,
      total_amount: 200,
      currency: 'INR',
      delivery_date: '2026-02-01',
      items: Array.from({ length: items }, (_, item) => ({
        product_id: `prod_${item}`,
        name: itemName,
        quantity: 2,
        price: 25,
        total: 50,
      })),
    },
  });
}
