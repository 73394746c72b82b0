import { CustomerChoice } from '../customer/customer-choice.js';
import { Day, Optional, Text } from '../http/field.js';

/** Body of `PUT /api/subscriptions/:id/pause`; may be empty for a subscription that the storefront knows. */
export class PauseSubscriptionBody extends CustomerChoice {
  /** Absent: until further notice. */
  @Optional()
  @Day()
  readonly resume_date?: string | null;

  /** Needed for a subscription that the storefront has never seen. */
  @Optional()
  @Text(200)
  readonly product_name?: string | null;

  @Optional()
  @Text(300)
  readonly reason?: string | null;
}
