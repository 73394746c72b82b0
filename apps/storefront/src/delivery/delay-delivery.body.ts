import { CustomerChoice } from '../customer/customer-choice.js';
import { Identifier, Optional, Text } from '../http/field.js';

/** Body of `POST /api/delivery/delay`. */
export class DelayDeliveryBody extends CustomerChoice {
  @Identifier()
  readonly delivery_id!: string;

  /** As 2026-02-01 08:00-10:00; without a day, the day that was planned; or any text. */
  @Text(60)
  readonly new_slot!: string;

  @Optional()
  @Text(300)
  readonly reason?: string | null;
}
