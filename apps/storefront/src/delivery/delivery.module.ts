import { type DynamicModule, Module } from '@nestjs/common';
import { type ServiceOutbox } from '../outbox/service-outbox.js';
import { provideUseCase } from '../provide-use-case.js';
import { DelayDelivery } from './delay-delivery.js';
import { DeliveriesController } from './deliveries.controller.js';
import { MarkDelivered } from './mark-delivered.js';
import { ScheduleDelivery } from './schedule-delivery.js';

/** The delivery service, publishing as `svc-delivery`. */
@Module({})
export class DeliveryModule {
  static readonly collections = ['deliveries'];

  static for(outbox: ServiceOutbox): DynamicModule {
    return {
      module: DeliveryModule,
      controllers: [DeliveriesController],
      providers: [ScheduleDelivery, MarkDelivered, DelayDelivery].map((each) => provideUseCase(each, outbox)),
    };
  }
}
