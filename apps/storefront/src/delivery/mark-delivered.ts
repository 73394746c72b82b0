import { type DocumentWithOutbox, newEvent, outboxEntry } from '@earlybird/events';
import { type Collection } from 'mongodb';
import { type Answer, answerOf } from '../answer.js';
import { type CustomerBook } from '../customer/customer-book.js';
import { type Trace } from '../http/trace.js';
import { newId } from '../new-id.js';
import { type ServiceOutbox } from '../outbox/service-outbox.js';
import { present } from '../present.js';
import { type Delivery } from './delivery.js';
import { type MarkDeliveredBody } from './mark-delivered.body.js';

/** A delivery as its caller sees it once it is made. */
export type MadeDelivery = Pick<Delivery, '_id' | 'status' | 'customer' | 'order_id' | 'delivered_at'>;

/** The goods were handed over. What was planned about the delivery, if it was, fills in what the body leaves open. */
export class MarkDelivered {
  readonly #deliveries: Collection<Delivery & DocumentWithOutbox>;

  constructor(
    private readonly outbox: ServiceOutbox,
    private readonly customers: CustomerBook,
  ) {
    this.#deliveries = outbox.collection('deliveries');
  }

  async run(body: MarkDeliveredBody, trace: Trace): Promise<Answer<Omit<MadeDelivery, '_id'>>> {
    const _id = body.delivery_id ?? newId('del');
    const now = new Date();
    const known = await this.#deliveries.findOne({ _id });
    const customer = await this.customers.choose(body, known?.customer);
    const delivered_at = body.delivered_at ?? now.toISOString();
    const order = present({ order_id: body.order_id ?? known?.order_id });
    const event = newEvent({
      ...trace,
      type: 'delivery.completed',
      data: {
        customer,
        delivery_id: _id,
        delivered_at,
        ...order,
        ...present({ delivery_slot: body.delivery_slot ?? known?.slot }),
      },
    });
    const delivery = { status: 'delivered' as const, delivered_at, ...order };
    await this.#deliveries.updateOne(
      { _id },
      {
        $set: { ...delivery, ...present({ notes: body.notes }) },
        $setOnInsert: { customer, created_at: now },
        $push: { outbox: outboxEntry(event) },
      },
      { upsert: true },
    );
    this.outbox.wake();
    return answerOf({ _id, ...delivery, customer }, [event], trace);
  }
}
