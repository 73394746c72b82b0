import { IdField } from '../field/id.field.js';

/** The command that an address names. */
export class CommandParams {
  @IdField('cmd', 'command')
  readonly id!: string;
}
