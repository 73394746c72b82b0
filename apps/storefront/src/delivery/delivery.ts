import { type EventCustomer } from '@earlybird/events';

/** A delivery as it is stored, without its outbox. What the storefront was never told is absent. */
export interface Delivery {
  readonly _id: string;
  readonly status: 'scheduled' | 'delayed' | 'delivered';
  readonly customer: EventCustomer;
  /** `YYYY-MM-DD`. */
  readonly delivery_date?: string;
  /** See `slot` in libs/events. */
  readonly slot?: string;
  readonly area?: string;
  readonly order_id?: string;
  readonly subscription_id?: string;
  readonly delay_reason?: string;
  readonly delivered_at?: string;
  readonly notes?: string;
  readonly created_at: Date;
}
