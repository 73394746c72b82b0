import { CustomerChoice } from '../customer/customer-choice.js';
import { Currency, Day, Identifier, Money, Optional, Text } from '../http/field.js';

/** Body of `POST /api/billing/bills`. */
export class IssueBillBody extends CustomerChoice {
  /** Default: a new one. */
  @Optional()
  @Identifier()
  readonly bill_id?: string | null;

  @Money()
  readonly amount!: number;

  /** Default INR. */
  @Optional()
  @Currency()
  readonly currency?: string | null;

  /** Text for people: January 2026. */
  @Text(100)
  readonly period!: string;

  @Day()
  readonly due_date!: string;

  @Optional()
  @Text(500)
  readonly notes?: string | null;
}
