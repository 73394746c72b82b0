import { IsBoolean, Matches } from 'class-validator';
import { Optional, Text } from '../http/field.js';

/** Body of `POST /api/customers`. */
export class AddCustomerBody {
  @Text(200)
  readonly name!: string;

  @Matches(/^\+[1-9]\d{7,14}$/, { message: 'must be in international format with its plus, as +919876543210' })
  readonly phone!: string;

  @Optional()
  @Text(35)
  readonly language?: string | null;

  @Optional()
  @IsBoolean()
  readonly marketing_consent?: boolean | null;
}
