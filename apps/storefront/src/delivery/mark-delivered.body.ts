import { CustomerChoice } from '../customer/customer-choice.js';
import { Identifier, Moment, Optional, Text } from '../http/field.js';

/** Body of `POST /api/delivery/mark-delivered`. */
export class MarkDeliveredBody extends CustomerChoice {
  /** Default: a new one, for goods whose delivery was never planned here. */
  @Optional()
  @Identifier()
  readonly delivery_id?: string | null;

  @Optional()
  @Identifier()
  readonly order_id?: string | null;

  /** Default: now. */
  @Optional()
  @Moment()
  readonly delivered_at?: string | null;

  /** Default: the planned slot. */
  @Optional()
  @Text(60)
  readonly delivery_slot?: string | null;

  @Optional()
  @Text(500)
  readonly notes?: string | null;
}
