import { type DocumentWithOutbox, newEvent, outboxEntry } from '@earlybird/events';
import { type Collection } from 'mongodb';
import { type Answer, answerOf } from '../answer.js';
import { type CustomerBook } from '../customer/customer-book.js';
import { Problem } from '../http/problem.js';
import { type Trace } from '../http/trace.js';
import { type ServiceOutbox } from '../outbox/service-outbox.js';
import { present } from '../present.js';
import { type PauseSubscriptionBody } from './pause-subscription.body.js';
import { type Subscription } from './subscription.js';

/** A pause as its caller sees it. */
export type PausedSubscription = Pick<Subscription, '_id' | 'status' | 'customer' | 'product_name' | 'resume_date'>;

/**
 * A customer pauses a subscription. One that the storefront has never seen is paused as well when the body says what
 * it is a subscription of, so that the call can be tried alone. Every call is an event: pausing again tells again.
 */
export class PauseSubscription {
  readonly #subscriptions: Collection<Subscription & DocumentWithOutbox>;

  constructor(
    private readonly outbox: ServiceOutbox,
    private readonly customers: CustomerBook,
  ) {
    this.#subscriptions = outbox.collection('subscriptions');
  }

  async run(id: string, body: PauseSubscriptionBody, trace: Trace): Promise<Answer<Omit<PausedSubscription, '_id'>>> {
    const known = await this.#subscriptions.findOne({ _id: id });
    const product_name = body.product_name ?? known?.product_name;
    if (product_name === undefined) {
      const detail = `There is no subscription ${id}. Give its product_name to pause one that the storefront has not seen.`;
      throw new Problem('not_found', detail);
    }
    const customer = await this.customers.choose(body, known?.customer);
    const resume = present({ resume_date: body.resume_date });
    const event = newEvent({
      ...trace,
      type: 'subscription.paused',
      data: { customer, subscription_id: id, product_name, ...resume },
    });
    const [status, now] = ['paused' as const, new Date()];
    await this.#subscriptions.updateOne(
      { _id: id },
      {
        $set: { status, product_name, paused_at: now, ...resume },
        ...(body.resume_date == null && { $unset: { resume_date: '' } }),
        $setOnInsert: { customer, created_at: now },
        $push: { outbox: outboxEntry(event) },
      },
      { upsert: true },
    );
    this.outbox.wake();
    return answerOf({ _id: id, status, customer, product_name, ...resume }, [event], trace);
  }
}
