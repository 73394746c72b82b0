import { CustomerChoice } from '../customer/customer-choice.js';
import { Day, Optional, Text } from '../http/field.js';

/** Body of `POST /api/customers/:id/churn-risk`. The customer is the one in the path, or an inline one. */
export class DetectChurnRiskBody extends CustomerChoice {
  @Day()
  readonly last_order_date!: string;

  /** Text for the customer: 20% off your next order. */
  @Optional()
  @Text(300)
  readonly offer?: string | null;
}
