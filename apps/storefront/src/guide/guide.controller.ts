import { Controller, Get } from '@nestjs/common';
import { endpointExamples } from './endpoint-examples.js';

/** `GET /`: what this is, and a working body for every endpoint. */
@Controller()
export class GuideController {
  @Get()
  guide() {
    return {
      name: 'EarlyBird storefront',
      about:
        'A reference for publishers: four services (order, subscription, delivery, billing), each with its own account ' +
        'on the broker, that write every business change and its event in one write and relay the event afterwards. ' +
        'Every body may name a customer: customer_id (see /api/customers) or customer {name, phone, language?}.',
      endpoints: endpointExamples(new Date()),
    };
  }
}
