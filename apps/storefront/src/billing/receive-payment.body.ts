import { CustomerChoice } from '../customer/customer-choice.js';
import { Currency, Identifier, Money, Optional, Text } from '../http/field.js';

/** Body of `POST /api/billing/payment`. */
export class ReceivePaymentBody extends CustomerChoice {
  /** Default: what the bill asks for, where `bill_id` names one that was issued here. */
  @Optional()
  @Money()
  readonly amount?: number | null;

  /** Default INR. */
  @Optional()
  @Currency()
  readonly currency?: string | null;

  @Optional()
  @Identifier()
  readonly bill_id?: string | null;

  @Optional()
  @Identifier()
  readonly order_id?: string | null;

  /** How it was paid: upi, card, cash. */
  @Optional()
  @Text(60)
  readonly method?: string | null;

  @Optional()
  @Text(500)
  readonly notes?: string | null;
}
