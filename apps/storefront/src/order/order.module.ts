import { type DynamicModule, Module } from '@nestjs/common';
import { type ServiceOutbox } from '../outbox/service-outbox.js';
import { provideUseCase } from '../provide-use-case.js';
import { LaunchProduct } from './launch-product.js';
import { OrdersController } from './orders.controller.js';
import { PlaceOrder } from './place-order.js';

/** The order service, publishing as `svc-order`. */
@Module({})
export class OrderModule {
  static readonly collections = ['orders', 'product_launches'];

  static for(outbox: ServiceOutbox): DynamicModule {
    return {
      module: OrderModule,
      controllers: [OrdersController],
      providers: [PlaceOrder, LaunchProduct].map((each) => provideUseCase(each, outbox)),
    };
  }
}
