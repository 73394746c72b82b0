import { type DocumentWithOutbox, newEvent, outboxEntry } from '@earlybird/events';
import { type Collection, MongoServerError } from 'mongodb';
import { type Answer, answerOf } from '../answer.js';
import { type CustomerBook } from '../customer/customer-book.js';
import { invalidFields } from '../http/problem.js';
import { type Trace } from '../http/trace.js';
import { newId } from '../new-id.js';
import { type ServiceOutbox } from '../outbox/service-outbox.js';
import { present } from '../present.js';
import { type Bill } from './bill.js';
import { type IssueBillBody } from './issue-bill.body.js';

/** MongoDB's code for a second document with the same `_id`. */
const DUPLICATE_KEY = 11_000;

/** A bill is issued. */
export class IssueBill {
  readonly #bills: Collection<Bill & DocumentWithOutbox>;

  constructor(
    private readonly outbox: ServiceOutbox,
    private readonly customers: CustomerBook,
  ) {
    this.#bills = outbox.collection('bills');
  }

  /** @throws Problem `invalid_fields` when there is a bill with this id: a bill is not issued twice. */
  async run(body: IssueBillBody, trace: Trace): Promise<Answer<Omit<Bill, '_id'>>> {
    const { amount, period, due_date } = body;
    const customer = await this.customers.choose(body);
    const bill: Bill = {
      _id: body.bill_id ?? newId('bill'),
      status: 'issued',
      customer,
      amount,
      currency: body.currency ?? 'INR',
      period,
      due_date,
      ...present({ notes: body.notes }),
      issued_at: new Date(),
    };
    const event = newEvent({
      ...trace,
      type: 'billing.bill_issued',
      data: { customer, bill_id: bill._id, amount, currency: bill.currency, period, due_date },
    });
    await this.#bills.insertOne({ ...bill, outbox: [outboxEntry(event)] }).catch((error: unknown) => {
      if (error instanceof MongoServerError && error.code === DUPLICATE_KEY) {
        throw invalidFields([{ field: 'bill_id', message: 'is the id of a bill that has been issued already' }]);
      }
      throw error;
    });
    this.outbox.wake();
    return answerOf(bill, [event], trace);
  }
}
