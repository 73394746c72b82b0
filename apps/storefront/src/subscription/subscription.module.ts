import { type DynamicModule, Module } from '@nestjs/common';
import { type ServiceOutbox } from '../outbox/service-outbox.js';
import { provideUseCase } from '../provide-use-case.js';
import { DetectChurnRisk } from './detect-churn-risk.js';
import { PauseSubscription } from './pause-subscription.js';
import { StartSubscription } from './start-subscription.js';
import { SubscriptionsController } from './subscriptions.controller.js';

/** The subscription service, publishing as `svc-subscription`. */
@Module({})
export class SubscriptionModule {
  static readonly collections = ['subscriptions', 'churn_risks'];

  static for(outbox: ServiceOutbox): DynamicModule {
    return {
      module: SubscriptionModule,
      controllers: [SubscriptionsController],
      providers: [StartSubscription, PauseSubscription, DetectChurnRisk].map((each) => provideUseCase(each, outbox)),
    };
  }
}
