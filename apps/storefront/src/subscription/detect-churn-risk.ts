import { type DocumentWithOutbox, type EventCustomer, newEvent, outboxEntry } from '@earlybird/events';
import { type Collection } from 'mongodb';
import { type Answer, answerOf } from '../answer.js';
import { type CustomerBook } from '../customer/customer-book.js';
import { Problem } from '../http/problem.js';
import { type Trace } from '../http/trace.js';
import { newId } from '../new-id.js';
import { type ServiceOutbox } from '../outbox/service-outbox.js';
import { present } from '../present.js';
import { type DetectChurnRiskBody } from './detect-churn-risk.body.js';

/** A detected risk as it is stored, without its outbox. */
export interface ChurnRisk {
  readonly _id: string;
  readonly customer: EventCustomer;
  readonly last_order_date: string;
  readonly offer?: string;
  readonly detected_at: Date;
}

/** A customer may be about to leave. */
export class DetectChurnRisk {
  readonly #risks: Collection<ChurnRisk & DocumentWithOutbox>;

  constructor(
    private readonly outbox: ServiceOutbox,
    private readonly customers: CustomerBook,
  ) {
    this.#risks = outbox.collection('churn_risks');
  }

  async run(customerId: string, body: DetectChurnRiskBody, trace: Trace): Promise<Answer<Omit<ChurnRisk, '_id'>>> {
    const customer = (await this.customers.named(body)) ?? (await this.customers.find(customerId));
    if (customer === undefined) {
      throw new Problem('not_found', `There is no customer ${customerId}; GET /api/customers lists them.`);
    }
    const { last_order_date } = body;
    const offer = present({ offer: body.offer });
    const event = newEvent({
      ...trace,
      type: 'customer.churn_risk_detected',
      data: { customer, last_order_date, ...offer },
    });
    const risk = { _id: newId('risk'), customer, last_order_date, ...offer, detected_at: new Date() };
    await this.#risks.insertOne({ ...risk, outbox: [outboxEntry(event)] });
    this.outbox.wake();
    return answerOf(risk, [event], trace);
  }
}
