import { type DocumentWithOutbox, type EventCustomer, newEvent, outboxEntry } from '@earlybird/events';
import { type Collection } from 'mongodb';
import { type Answer, answerOf } from '../answer.js';
import { type CustomerBook } from '../customer/customer-book.js';
import { invalidFields } from '../http/problem.js';
import { type Trace } from '../http/trace.js';
import { newId } from '../new-id.js';
import { type ServiceOutbox } from '../outbox/service-outbox.js';
import { present } from '../present.js';
import { type Bill } from './bill.js';
import { type ReceivePaymentBody } from './receive-payment.body.js';

/** A payment as it is stored, without its outbox. */
export interface Payment {
  readonly _id: string;
  readonly customer: EventCustomer;
  readonly amount: number;
  readonly currency: string;
  readonly bill_id?: string;
  readonly order_id?: string;
  readonly method?: string;
  readonly notes?: string;
  readonly received_at: Date;
}

/** Money came in. A bill that was issued here fills in what the body leaves open. */
export class ReceivePayment {
  readonly #payments: Collection<Payment & DocumentWithOutbox>;
  readonly #bills: Collection<Bill & DocumentWithOutbox>;

  constructor(
    private readonly outbox: ServiceOutbox,
    private readonly customers: CustomerBook,
  ) {
    this.#payments = outbox.collection('payments');
    this.#bills = outbox.collection('bills');
  }

  async run(body: ReceivePaymentBody, trace: Trace): Promise<Answer<Omit<Payment, '_id'>>> {
    const bill = body.bill_id == null ? null : await this.#bills.findOne({ _id: body.bill_id });
    const amount = body.amount ?? bill?.amount;
    if (amount === undefined) {
      throw invalidFields([
        { field: 'amount', message: 'is needed, unless bill_id names a bill that was issued here' },
      ]);
    }
    const customer = await this.customers.choose(body, bill?.customer);
    const paid = {
      amount,
      currency: body.currency ?? bill?.currency ?? 'INR',
      ...present({ bill_id: body.bill_id, order_id: body.order_id }),
    };
    const payment: Payment = {
      _id: newId('pay'),
      customer,
      ...paid,
      ...present({ method: body.method, notes: body.notes }),
      received_at: new Date(),
    };
    const event = newEvent({
      ...trace,
      type: 'billing.payment_received',
      data: { customer, payment_id: payment._id, ...paid },
    });
    await this.#payments.insertOne({ ...payment, outbox: [outboxEntry(event)] });
    this.outbox.wake();
    return answerOf(payment, [event], trace);
  }
}
