import { Body, Controller, Inject, Post } from '@nestjs/common';
import { RequestTrace, type Trace } from '../http/trace.js';
import { DelayDeliveryBody } from './delay-delivery.body.js';
import { DelayDelivery } from './delay-delivery.js';
import { MarkDeliveredBody } from './mark-delivered.body.js';
import { MarkDelivered } from './mark-delivered.js';
import { ScheduleDeliveryBody } from './schedule-delivery.body.js';
import { ScheduleDelivery } from './schedule-delivery.js';

/** The delivery service over HTTP. */
@Controller('api/delivery')
export class DeliveriesController {
  constructor(
    @Inject(ScheduleDelivery) private readonly scheduleDelivery: ScheduleDelivery,
    @Inject(MarkDelivered) private readonly markDelivered: MarkDelivered,
    @Inject(DelayDelivery) private readonly delayDelivery: DelayDelivery,
  ) {}

  @Post('schedule')
  schedule(@Body() body: ScheduleDeliveryBody, @RequestTrace() trace: Trace) {
    return this.scheduleDelivery.run(body, trace);
  }

  @Post('mark-delivered')
  mark(@Body() body: MarkDeliveredBody, @RequestTrace() trace: Trace) {
    return this.markDelivered.run(body, trace);
  }

  @Post('delay')
  delay(@Body() body: DelayDeliveryBody, @RequestTrace() trace: Trace) {
    return this.delayDelivery.run(body, trace);
  }
}
