import { type DocumentWithOutbox, newEvent, outboxEntry } from '@earlybird/events';
import { type Collection } from 'mongodb';
import { type Answer, answerOf } from '../answer.js';
import { type CustomerBook } from '../customer/customer-book.js';
import { type Trace } from '../http/trace.js';
import { newId } from '../new-id.js';
import { type ServiceOutbox } from '../outbox/service-outbox.js';
import { present } from '../present.js';
import { type StartSubscriptionBody } from './start-subscription.body.js';
import { type Subscription } from './subscription.js';

/** A customer takes out a subscription. */
export class StartSubscription {
  readonly #subscriptions: Collection<Subscription & DocumentWithOutbox>;

  constructor(
    private readonly outbox: ServiceOutbox,
    private readonly customers: CustomerBook,
  ) {
    this.#subscriptions = outbox.collection('subscriptions');
  }

  async run(body: StartSubscriptionBody, trace: Trace): Promise<Answer<Omit<Subscription, '_id'>>> {
    const { product_name, start_date } = body;
    const customer = await this.customers.choose(body);
    const schedule = present({ schedule: body.schedule });
    const subscription: Subscription = {
      _id: newId('sub'),
      status: 'active',
      customer,
      product_name,
      start_date,
      ...schedule,
      ...present({ product_id: body.product_id, quantity: body.quantity }),
      ...present({ address_id: body.address_id, notes: body.notes }),
      created_at: new Date(),
    };
    const event = newEvent({
      ...trace,
      type: 'subscription.created',
      data: { customer, subscription_id: subscription._id, product_name, start_date, ...schedule },
    });
    await this.#subscriptions.insertOne({ ...subscription, outbox: [outboxEntry(event)] });
    this.outbox.wake();
    return answerOf(subscription, [event], trace);
  }
}
