import { type EventCustomer } from '@earlybird/events';

/** A bill as it is stored, without its outbox. */
export interface Bill {
  readonly _id: string;
  readonly status: 'issued';
  readonly customer: EventCustomer;
  readonly amount: number;
  readonly currency: string;
  /** Text for people: January 2026. */
  readonly period: string;
  /** `YYYY-MM-DD`. */
  readonly due_date: string;
  readonly notes?: string;
  readonly issued_at: Date;
}
