import { IdField } from '../field/id.field.js';

/** The message that an address names. */
export class MessageParams {
  @IdField('msg', 'message')
  readonly id!: string;
}
