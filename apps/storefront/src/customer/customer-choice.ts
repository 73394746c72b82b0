import { type EventCustomer } from '@earlybird/events';
import { Type } from 'class-transformer';
import { IsBoolean, IsObject, IsString, MaxLength, ValidateNested } from 'class-validator';
import { Identifier, Optional, Text } from '../http/field.js';

/**
 * A customer who is not in the book, for this one call. The phone is passed on as it is, so that the simulator's magic
 * recipients, and wrong numbers, can be tried.
 */
export class InlineCustomer {
  @Optional()
  @Identifier()
  readonly id?: string | null;

  @Text(200)
  readonly name!: string;

  @MaxLength(64)
  @IsString()
  readonly phone!: string;

  @Optional()
  @Text(35)
  readonly language?: string | null;

  @Optional()
  @IsBoolean()
  readonly marketing_consent?: boolean | null;
}

/** The part that every body has: whom it is about. Without either, the first customer of the book is meant. */
export class CustomerChoice {
  /** Somebody in the book. */
  @Optional()
  @Identifier()
  readonly customer_id?: string | null;

  @Optional()
  @ValidateNested()
  @IsObject()
  @Type(() => InlineCustomer)
  readonly customer?: InlineCustomer | null;
}

/** A stored document that knows its customer. */
export interface WithCustomer {
  readonly customer: EventCustomer;
}
