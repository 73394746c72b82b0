import { MomentField } from '../field/moment.field.js';
import { TextField } from '../field/text.field.js';
import { WholeNumberField } from '../field/whole-number.field.js';

/** Which orphans. */
export class OrphanQuery {
  @TextField({ optional: true, longest: 256, description: "The provider's id of a message.", example: 'msg-xyz' })
  readonly message_id?: string;

  @MomentField({ optional: true, description: 'Only those received before; the `next_before` of the page before.' })
  readonly before?: Date;

  @WholeNumberField({
    optional: true,
    description: 'How many at most; 20 by default.',
    least: 1,
    most: 200,
    example: 20,
  })
  readonly limit?: number;
}
