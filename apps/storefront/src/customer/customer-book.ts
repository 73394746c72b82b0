import { createHash } from 'node:crypto';
import { type EventCustomer } from '@earlybird/events';
import { type Collection, type Db } from 'mongodb';
import { invalidFields } from '../http/problem.js';
import { newId } from '../new-id.js';
import { present } from '../present.js';
import { type CustomerChoice, type InlineCustomer } from './customer-choice.js';
import { demoCustomers } from './demo-customers.js';

/** A launch tells every customer in one document, so there must not be too many for one. */
const MAX_CUSTOMERS = 1_000;

type CustomerDocument = Omit<EventCustomer, 'id'> & { readonly _id: string; readonly created_at: Date };

/** The storefront's customers. */
export class CustomerBook {
  readonly #customers: Collection<CustomerDocument>;

  constructor(db: Db) {
    this.#customers = db.collection('customers');
  }

  /** Puts the demo customers in, unless they are there. Can be repeated, also by two processes at once. */
  async seed(): Promise<void> {
    const created_at = new Date();
    await this.#customers.bulkWrite(
      demoCustomers.map(({ id, ...customer }) => ({
        updateOne: { filter: { _id: id }, update: { $setOnInsert: { ...customer, created_at } }, upsert: true },
      })),
    );
  }

  /** Everyone, in the order of their ids; at most 1,000. */
  async list(): Promise<readonly EventCustomer[]> {
    const found = await this.#customers.find().sort({ _id: 1 }).limit(MAX_CUSTOMERS).toArray();
    return found.map(toCustomer);
  }

  /** @throws Problem `invalid_fields` when the book is full. */
  async add(customer: Omit<EventCustomer, 'id'>): Promise<EventCustomer> {
    if ((await this.#customers.countDocuments({}, { limit: MAX_CUSTOMERS })) >= MAX_CUSTOMERS) {
      throw invalidFields([{ field: '', message: `the book is full: it holds ${MAX_CUSTOMERS} customers` }]);
    }
    const document = { _id: newId('cust'), ...customer, created_at: new Date() };
    await this.#customers.insertOne(document);
    return toCustomer(document);
  }

  async find(id: string): Promise<EventCustomer | undefined> {
    const found = await this.#customers.findOne({ _id: id });
    return found === null ? undefined : toCustomer(found);
  }

  /** Whom a body names; otherwise `fallback`; otherwise the first customer of the book. */
  async choose(choice: CustomerChoice, fallback?: EventCustomer): Promise<EventCustomer> {
    return (await this.named(choice)) ?? fallback ?? demoCustomers[0];
  }

  /**
   * Whom a body names, if it names anybody.
   *
   * @throws Problem `invalid_fields` when it names two, or somebody who is not in the book.
   */
  async named({ customer_id: id, customer: inline }: CustomerChoice): Promise<EventCustomer | undefined> {
    if (id != null && inline != null) {
      throw invalidFields([{ field: 'customer', message: 'must not be given beside customer_id' }]);
    }
    if (inline != null) return toInlineCustomer(inline);
    if (id == null) return undefined;
    const found = await this.find(id);
    if (found !== undefined) return found;
    throw invalidFields([{ field: 'customer_id', message: 'is nobody in the book; GET /api/customers lists it' }]);
  }
}

/** The fields one by one: a document may hold more than the book knows. */
const toCustomer = ({ _id, name, phone, language, marketing_consent }: CustomerDocument): EventCustomer => ({
  id: _id,
  name,
  phone,
  ...present({ language, marketing_consent }),
});

/** The same phone is the same customer in every call. The id goes into logs, so it does not show the phone. */
const toInlineCustomer = ({ id, name, phone, language, marketing_consent }: InlineCustomer): EventCustomer => ({
  id: id ?? `guest_${createHash('sha256').update(phone).digest('hex').slice(0, 12)}`,
  name,
  phone,
  ...present({ language, marketing_consent }),
});
