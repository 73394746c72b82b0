import { TextField } from '../field/text.field.js';
import { WholeNumberField } from '../field/whole-number.field.js';

/** What may be asked of the messages in doubt. */
export class UnknownQuery {
  @WholeNumberField({
    optional: true,
    description: 'Only those that were created at least so many hours ago.',
    least: 0,
    most: 8_760,
    example: 1,
  })
  readonly older_than_hours?: number;

  @WholeNumberField({
    optional: true,
    description: 'How many at most; 20 by default.',
    least: 1,
    most: 200,
    example: 20,
  })
  readonly limit?: number;

  @TextField({ optional: true, longest: 500, description: 'The `next` of the page before, with the same filters.' })
  readonly cursor?: string;
}
