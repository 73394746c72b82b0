import { type DocumentWithOutbox, newEvent, outboxEntry } from '@earlybird/events';
import { type Collection } from 'mongodb';
import { type Answer, answerOf } from '../answer.js';
import { type CustomerBook } from '../customer/customer-book.js';
import { type Trace } from '../http/trace.js';
import { newId } from '../new-id.js';
import { type ServiceOutbox } from '../outbox/service-outbox.js';
import { present } from '../present.js';
import { type Delivery } from './delivery.js';
import { type ScheduleDeliveryBody } from './schedule-delivery.body.js';

/** A delivery as its caller sees it once it is planned. */
export type ScheduledDelivery = Omit<Delivery, 'created_at'>;

/** A delivery is planned, or planned anew. */
export class ScheduleDelivery {
  readonly #deliveries: Collection<Delivery & DocumentWithOutbox>;

  constructor(
    private readonly outbox: ServiceOutbox,
    private readonly customers: CustomerBook,
  ) {
    this.#deliveries = outbox.collection('deliveries');
  }

  async run(body: ScheduleDeliveryBody, trace: Trace): Promise<Answer<Omit<ScheduledDelivery, '_id'>>> {
    const { delivery_date, slot, area } = body;
    const _id = body.delivery_id ?? newId('del');
    const customer = await this.customers.choose(body);
    const subscription = present({ subscription_id: body.subscription_id });
    const event = newEvent({
      ...trace,
      type: 'delivery.scheduled',
      data: { customer, delivery_id: _id, delivery_date, slot, area, ...subscription },
    });
    const delivery = {
      status: 'scheduled' as const,
      customer,
      delivery_date,
      slot,
      area,
      ...subscription,
      ...present({ order_id: body.order_id, notes: body.notes }),
    };
    await this.#deliveries.updateOne(
      { _id },
      { $set: delivery, $setOnInsert: { created_at: new Date() }, $push: { outbox: outboxEntry(event) } },
      { upsert: true },
    );
    this.outbox.wake();
    return answerOf({ _id, ...delivery }, [event], trace);
  }
}
