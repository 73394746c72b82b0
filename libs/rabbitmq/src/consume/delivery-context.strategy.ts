import { BaseRpcContext } from '@nestjs/microservices';
import type { Delivery } from '../envelope/delivery.js';

/** What a handler gets with `@Ctx()`: the delivery that its payload was read from. */
export class DeliveryContext extends BaseRpcContext<[Delivery]> {
  constructor(delivery: Delivery) {
    super([delivery]);
  }

  get delivery(): Delivery {
    return this.args[0];
  }
}
