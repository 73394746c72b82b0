import { Body, Controller, Inject, Param, Post, Put } from '@nestjs/common';
import { IdentifierPipe } from '../http/identifier.pipe.js';
import { RequestTrace, type Trace } from '../http/trace.js';
import { DetectChurnRiskBody } from './detect-churn-risk.body.js';
import { DetectChurnRisk } from './detect-churn-risk.js';
import { PauseSubscriptionBody } from './pause-subscription.body.js';
import { PauseSubscription } from './pause-subscription.js';
import { StartSubscriptionBody } from './start-subscription.body.js';
import { StartSubscription } from './start-subscription.js';

/** The subscription service over HTTP; it also speaks for customers. */
@Controller('api')
export class SubscriptionsController {
  constructor(
    @Inject(StartSubscription) private readonly startSubscription: StartSubscription,
    @Inject(PauseSubscription) private readonly pauseSubscription: PauseSubscription,
    @Inject(DetectChurnRisk) private readonly detectChurnRisk: DetectChurnRisk,
  ) {}

  @Post('subscriptions')
  start(@Body() body: StartSubscriptionBody, @RequestTrace() trace: Trace) {
    return this.startSubscription.run(body, trace);
  }

  @Put('subscriptions/:id/pause')
  pause(@Param('id', IdentifierPipe) id: string, @Body() body: PauseSubscriptionBody, @RequestTrace() trace: Trace) {
    return this.pauseSubscription.run(id, body, trace);
  }

  @Post('customers/:id/churn-risk')
  detect(@Param('id', IdentifierPipe) id: string, @Body() body: DetectChurnRiskBody, @RequestTrace() trace: Trace) {
    return this.detectChurnRisk.run(id, body, trace);
  }
}
