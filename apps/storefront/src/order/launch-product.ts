import { type DocumentWithOutbox, newEvent, outboxEntry } from '@earlybird/events';
import { type Collection } from 'mongodb';
import { type Answer, answerOf } from '../answer.js';
import { type CustomerBook } from '../customer/customer-book.js';
import { type Trace } from '../http/trace.js';
import { newId } from '../new-id.js';
import { type ServiceOutbox } from '../outbox/service-outbox.js';
import { present } from '../present.js';
import { type LaunchProductBody } from './launch-product.body.js';

/** A launch as it is stored, without its outbox. */
export interface ProductLaunch {
  readonly _id: string;
  readonly product_id: string;
  readonly product_name: string;
  readonly description?: string;
  readonly price?: number;
  /** How many customers are told. */
  readonly audience: number;
  readonly launched_at: Date;
}

/** A new product is offered: to one customer, or to everyone in the book. One event for each of them. */
export class LaunchProduct {
  readonly #launches: Collection<ProductLaunch & DocumentWithOutbox>;

  constructor(
    private readonly outbox: ServiceOutbox,
    private readonly customers: CustomerBook,
  ) {
    this.#launches = outbox.collection('product_launches');
  }

  async run(body: LaunchProductBody, trace: Trace): Promise<Answer<Omit<ProductLaunch, '_id'>>> {
    const named = await this.customers.named(body);
    const audience = named === undefined ? await this.customers.list() : [named];
    const product = {
      product_id: body.product_id ?? newId('prod'),
      product_name: body.product_name,
      ...present({ description: body.description }),
    };
    const events = audience.map((customer) =>
      newEvent({ ...trace, type: 'product.launched', data: { customer, ...product } }),
    );
    const launch = {
      _id: newId('launch'),
      ...product,
      ...present({ price: body.price }),
      audience: audience.length,
      launched_at: new Date(),
    };
    await this.#launches.insertOne({ ...launch, outbox: events.map((event) => outboxEntry(event)) });
    this.outbox.wake();
    return answerOf(launch, events, trace);
  }
}
