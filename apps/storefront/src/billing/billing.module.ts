import { type DynamicModule, Module } from '@nestjs/common';
import { type ServiceOutbox } from '../outbox/service-outbox.js';
import { provideUseCase } from '../provide-use-case.js';
import { BillingController } from './billing.controller.js';
import { IssueBill } from './issue-bill.js';
import { ReceivePayment } from './receive-payment.js';

/** The billing service, publishing as `svc-billing`. */
@Module({})
export class BillingModule {
  static readonly collections = ['bills', 'payments'];

  static for(outbox: ServiceOutbox): DynamicModule {
    return {
      module: BillingModule,
      controllers: [BillingController],
      providers: [IssueBill, ReceivePayment].map((each) => provideUseCase(each, outbox)),
    };
  }
}
