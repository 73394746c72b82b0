import { Body, Controller, Inject, Post } from '@nestjs/common';
import { RequestTrace, type Trace } from '../http/trace.js';
import { LaunchProductBody } from './launch-product.body.js';
import { LaunchProduct } from './launch-product.js';
import { PlaceOrderBody } from './place-order.body.js';
import { PlaceOrder } from './place-order.js';

/** The order service over HTTP; it also speaks for products. */
@Controller('api')
export class OrdersController {
  constructor(
    @Inject(PlaceOrder) private readonly placeOrder: PlaceOrder,
    @Inject(LaunchProduct) private readonly launchProduct: LaunchProduct,
  ) {}

  @Post('orders')
  place(@Body() body: PlaceOrderBody, @RequestTrace() trace: Trace) {
    return this.placeOrder.run(body, trace);
  }

  @Post('products/launch')
  launch(@Body() body: LaunchProductBody, @RequestTrace() trace: Trace) {
    return this.launchProduct.run(body, trace);
  }
}
