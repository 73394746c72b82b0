import { IdField } from '../field/id.field.js';

/** The replay that an address names. */
export class ReplayParams {
  @IdField('replay', 'replay')
  readonly id!: string;
}
