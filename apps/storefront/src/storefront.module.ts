import { type DynamicModule, Module } from '@nestjs/common';
import { BillingModule } from './billing/billing.module.js';
import { type CustomerBook } from './customer/customer-book.js';
import { CustomerModule } from './customer/customer.module.js';
import { DeliveryModule } from './delivery/delivery.module.js';
import { GuideController } from './guide/guide.controller.js';
import { HealthController } from './health/health.controller.js';
import { StorefrontHealth } from './health/storefront-health.js';
import { OrderModule } from './order/order.module.js';
import { type ServiceOutboxes } from './open-outboxes.js';
import { SubscriptionModule } from './subscription/subscription.module.js';

/** What the storefront is made of, opened before Nest starts and closed after it has stopped. */
export interface StorefrontParts {
  readonly outboxes: ServiceOutboxes;
  readonly customers: CustomerBook;
  readonly health: StorefrontHealth;
}

/** Four publishing services and the customer book that they share. */
@Module({})
export class StorefrontModule {
  static for({ outboxes, customers, health }: StorefrontParts): DynamicModule {
    return {
      module: StorefrontModule,
      imports: [
        CustomerModule.for(customers),
        OrderModule.for(outboxes.order),
        SubscriptionModule.for(outboxes.subscription),
        DeliveryModule.for(outboxes.delivery),
        BillingModule.for(outboxes.billing),
      ],
      controllers: [GuideController, HealthController],
      providers: [{ provide: StorefrontHealth, useValue: health }],
    };
  }
}
