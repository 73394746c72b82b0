import { CustomerChoice } from '../customer/customer-choice.js';
import { Day, Identifier, Optional, Text } from '../http/field.js';

/** Body of `POST /api/delivery/schedule`. */
export class ScheduleDeliveryBody extends CustomerChoice {
  /** Default: a new one. */
  @Optional()
  @Identifier()
  readonly delivery_id?: string | null;

  @Day()
  readonly delivery_date!: string;

  /** As 06:00-08:00, or any text. */
  @Text(60)
  readonly slot!: string;

  @Text(200)
  readonly area!: string;

  @Optional()
  @Identifier()
  readonly subscription_id?: string | null;

  @Optional()
  @Identifier()
  readonly order_id?: string | null;

  @Optional()
  @Text(500)
  readonly notes?: string | null;
}
