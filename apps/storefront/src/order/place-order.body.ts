import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsPositive, Max, ValidateNested } from 'class-validator';
import { CustomerChoice } from '../customer/customer-choice.js';
import { Currency, Day, Identifier, Money, Optional, Text } from '../http/field.js';

/** One line of an order. */
export class OrderItem {
  @Identifier()
  readonly product_id!: string;

  @Optional()
  @Text(200)
  readonly name?: string | null;

  @Max(1_000_000)
  @IsPositive()
  readonly quantity!: number;

  /** Of one piece. */
  @Money()
  readonly price!: number;

  /** Of the line, where it is not quantity times price. */
  @Optional()
  @Money()
  readonly total?: number | null;
}

/** Body of `POST /api/orders`. */
export class PlaceOrderBody extends CustomerChoice {
  @ArrayMaxSize(200)
  @ArrayMinSize(1)
  @ValidateNested({ each: true })
  @IsArray()
  @Type(() => OrderItem)
  readonly items!: readonly OrderItem[];

  @Day()
  readonly delivery_date!: string;

  /** Default INR. */
  @Optional()
  @Currency()
  readonly currency?: string | null;

  @Optional()
  @Identifier()
  readonly address_id?: string | null;

  @Optional()
  @Text(500)
  readonly notes?: string | null;
}
