import { type DocumentWithOutbox, newEvent, outboxEntry } from '@earlybird/events';
import { type Collection } from 'mongodb';
import { type Answer, answerOf } from '../answer.js';
import { type CustomerBook } from '../customer/customer-book.js';
import { type Trace } from '../http/trace.js';
import { type ServiceOutbox } from '../outbox/service-outbox.js';
import { present } from '../present.js';
import { type DelayDeliveryBody } from './delay-delivery.body.js';
import { type Delivery } from './delivery.js';

/** A delivery as its caller sees it once it is late. */
export type DelayedDelivery = Pick<Delivery, '_id' | 'status' | 'customer' | 'slot' | 'delay_reason'>;

/** A delivery comes later than promised. */
export class DelayDelivery {
  readonly #deliveries: Collection<Delivery & DocumentWithOutbox>;

  constructor(
    private readonly outbox: ServiceOutbox,
    private readonly customers: CustomerBook,
  ) {
    this.#deliveries = outbox.collection('deliveries');
  }

  async run(body: DelayDeliveryBody, trace: Trace): Promise<Answer<Omit<DelayedDelivery, '_id'>>> {
    const _id = body.delivery_id;
    const known = await this.#deliveries.findOne({ _id });
    const customer = await this.customers.choose(body, known?.customer);
    const event = newEvent({
      ...trace,
      type: 'delivery.delayed',
      data: {
        customer,
        delivery_id: _id,
        new_slot: withDay(body.new_slot, known?.delivery_date),
        ...present({ reason: body.reason }),
      },
    });
    const delivery = { status: 'delayed' as const, slot: body.new_slot, ...present({ delay_reason: body.reason }) };
    await this.#deliveries.updateOne(
      { _id },
      { $set: delivery, $setOnInsert: { customer, created_at: new Date() }, $push: { outbox: outboxEntry(event) } },
      { upsert: true },
    );
    this.outbox.wake();
    return answerOf({ _id, ...delivery, customer }, [event], trace);
  }
}

/** The event has no day of its own, and hours without a day tell nobody until when the news is worth telling. */
const withDay = (slot: string, day: string | undefined): string =>
  day !== undefined && /^\d{2}:\d{2}-\d{2}:\d{2}$/.test(slot) ? `${day} ${slot}` : slot;
