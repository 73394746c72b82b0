import { type DocumentWithOutbox, type EventCustomer, type EventData, newEvent, outboxEntry } from '@earlybird/events';
import { type Collection } from 'mongodb';
import { type Answer, answerOf } from '../answer.js';
import { type CustomerBook } from '../customer/customer-book.js';
import { type Trace } from '../http/trace.js';
import { newId } from '../new-id.js';
import { type ServiceOutbox } from '../outbox/service-outbox.js';
import { present } from '../present.js';
import { type OrderItem, type PlaceOrderBody } from './place-order.body.js';

/** An order as it is stored, without its outbox. Amounts are in units of the currency. */
export interface Order {
  readonly _id: string;
  readonly status: 'placed';
  readonly customer: EventCustomer;
  readonly items: EventData<'order.created'>['items'];
  readonly total_amount: number;
  readonly currency: string;
  readonly delivery_date: string;
  readonly address_id?: string;
  readonly notes?: string;
  readonly placed_at: Date;
}

/** A customer places an order. */
export class PlaceOrder {
  readonly #orders: Collection<Order & DocumentWithOutbox>;

  constructor(
    private readonly outbox: ServiceOutbox,
    private readonly customers: CustomerBook,
  ) {
    this.#orders = outbox.collection('orders');
  }

  async run(body: PlaceOrderBody, trace: Trace): Promise<Answer<Omit<Order, '_id'>>> {
    const order = toOrder(body, await this.customers.choose(body));
    const event = newEvent({
      ...trace,
      type: 'order.created',
      data: {
        customer: order.customer,
        order_id: order._id,
        total_amount: order.total_amount,
        currency: order.currency,
        delivery_date: order.delivery_date,
        items: order.items,
      },
    });
    // The order and its event in one write: either both are there or neither, whatever happens to this process or the broker.
    await this.#orders.insertOne({ ...order, outbox: [outboxEntry(event)] });
    this.outbox.wake();
    return answerOf(order, [event], trace);
  }
}

const toOrder = (body: PlaceOrderBody, customer: EventCustomer): Order => ({
  _id: newId('order'),
  status: 'placed',
  customer,
  items: body.items.map(({ product_id, name, quantity, price, total }) => ({
    product_id,
    quantity,
    price,
    ...present({ name, total }),
  })),
  total_amount: totalOf(body.items),
  currency: body.currency ?? 'INR',
  delivery_date: body.delivery_date,
  ...present({ address_id: body.address_id, notes: body.notes }),
  placed_at: new Date(),
});

/** In hundredths, so that three times 0.10 is 0.30. */
const totalOf = (items: readonly OrderItem[]): number =>
  items.reduce((sum, { quantity, price, total }) => sum + Math.round((total ?? quantity * price) * 100), 0) / 100;
