import { Body, Controller, Inject, Post } from '@nestjs/common';
import { RequestTrace, type Trace } from '../http/trace.js';
import { IssueBillBody } from './issue-bill.body.js';
import { IssueBill } from './issue-bill.js';
import { ReceivePaymentBody } from './receive-payment.body.js';
import { ReceivePayment } from './receive-payment.js';

/** The billing service over HTTP. */
@Controller('api/billing')
export class BillingController {
  constructor(
    @Inject(IssueBill) private readonly issueBill: IssueBill,
    @Inject(ReceivePayment) private readonly receivePayment: ReceivePayment,
  ) {}

  @Post('bills')
  issue(@Body() body: IssueBillBody, @RequestTrace() trace: Trace) {
    return this.issueBill.run(body, trace);
  }

  @Post('payment')
  receive(@Body() body: ReceivePaymentBody, @RequestTrace() trace: Trace) {
    return this.receivePayment.run(body, trace);
  }
}
