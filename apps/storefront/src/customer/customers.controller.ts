import { type EventCustomer } from '@earlybird/events';
import { Body, Controller, Get, Inject, Post } from '@nestjs/common';
import { type Answer, answerOf } from '../answer.js';
import { RequestTrace, type Trace } from '../http/trace.js';
import { present } from '../present.js';
import { AddCustomerBody } from './add-customer.body.js';
import { CustomerBook } from './customer-book.js';

/** The customer book. */
@Controller('api/customers')
export class CustomersController {
  constructor(@Inject(CustomerBook) private readonly book: CustomerBook) {}

  @Get()
  async list(): Promise<{ readonly customers: readonly EventCustomer[] }> {
    return { customers: await this.book.list() };
  }

  /** A new customer is no event of the platform: nobody is told. */
  @Post()
  async add(@Body() body: AddCustomerBody, @RequestTrace() trace: Trace): Promise<Answer<Omit<EventCustomer, 'id'>>> {
    const { id: _id, ...customer } = await this.book.add({
      name: body.name,
      phone: body.phone,
      ...present({ language: body.language, marketing_consent: body.marketing_consent }),
    });
    return answerOf({ _id, ...customer }, [], trace);
  }
}
