import { CustomerChoice } from '../customer/customer-choice.js';
import { Identifier, Money, Optional, Text } from '../http/field.js';

/** Body of `POST /api/products/launch`. Without a customer, everyone in the book hears of it. */
export class LaunchProductBody extends CustomerChoice {
  @Text(200)
  readonly product_name!: string;

  @Optional()
  @Identifier()
  readonly product_id?: string | null;

  @Optional()
  @Text(500)
  readonly description?: string | null;

  @Optional()
  @Money()
  readonly price?: number | null;
}
