import { type EventCustomer } from '@earlybird/events';

/** A subscription as it is stored, without its outbox. Days are `YYYY-MM-DD`. */
export interface Subscription {
  readonly _id: string;
  readonly status: 'active' | 'paused';
  readonly customer: EventCustomer;
  readonly product_name: string;
  readonly product_id?: string;
  readonly quantity?: number;
  /** Absent where the storefront first heard of it when it was paused. */
  readonly start_date?: string;
  readonly schedule?: string;
  readonly address_id?: string;
  readonly notes?: string;
  /** Absent: until further notice. */
  readonly resume_date?: string;
  readonly paused_at?: Date;
  readonly created_at: Date;
}
