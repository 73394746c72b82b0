import { billIssued } from './event/bill-issued.js';
import { churnRiskDetected } from './event/churn-risk-detected.js';
import { deliveryCompleted } from './event/delivery-completed.js';
import { deliveryDelayed } from './event/delivery-delayed.js';
import { deliveryScheduled } from './event/delivery-scheduled.js';
import { orderCreated } from './event/order-created.js';
import { paymentReceived } from './event/payment-received.js';
import { productLaunched } from './event/product-launched.js';
import { subscriptionCreated } from './event/subscription-created.js';
import { subscriptionPaused } from './event/subscription-paused.js';

/** Every event type of the platform, by its name; all types, documents and checks are derived from this table. */
export const eventDefinitions = {
  [orderCreated.type]: orderCreated,
  [subscriptionCreated.type]: subscriptionCreated,
  [subscriptionPaused.type]: subscriptionPaused,
  [deliveryScheduled.type]: deliveryScheduled,
  [deliveryCompleted.type]: deliveryCompleted,
  [deliveryDelayed.type]: deliveryDelayed,
  [billIssued.type]: billIssued,
  [paymentReceived.type]: paymentReceived,
  [churnRiskDetected.type]: churnRiskDetected,
  [productLaunched.type]: productLaunched,
} as const;
