import { IsPositive, Max } from 'class-validator';
import { CustomerChoice } from '../customer/customer-choice.js';
import { Day, Identifier, Optional, Text } from '../http/field.js';

/** Body of `POST /api/subscriptions`. */
export class StartSubscriptionBody extends CustomerChoice {
  @Text(200)
  readonly product_name!: string;

  @Day()
  readonly start_date!: string;

  /** Text for people: daily, or Mon, Wed, Fri. */
  @Optional()
  @Text(200)
  readonly schedule?: string | null;

  @Optional()
  @Identifier()
  readonly product_id?: string | null;

  @Optional()
  @Max(1_000_000)
  @IsPositive()
  readonly quantity?: number | null;

  @Optional()
  @Identifier()
  readonly address_id?: string | null;

  @Optional()
  @Text(500)
  readonly notes?: string | null;
}
