import { ChoiceField, TextField } from '../field/text.field.js';
import { WholeNumberField } from '../field/whole-number.field.js';

/** Which parked events. */
export class ParkedQuery {
  @ChoiceField({
    optional: true,
    description: 'Those that wait for a person (by default), or those that somebody replayed or purged.',
    choices: ['open', 'settled'],
    example: 'open',
  })
  readonly state?: 'open' | 'settled';

  @TextField({ optional: true, longest: 100, description: 'Why it was set aside.', example: 'invalid_data' })
  readonly reason?: string;

  @TextField({
    optional: true,
    longest: 200,
    description: 'The RabbitMQ user that published it.',
    example: 'svc-order',
  })
  readonly publisher?: string;

  @WholeNumberField({
    optional: true,
    description: 'How many at most; 20 by default.',
    least: 1,
    most: 200,
    example: 20,
  })
  readonly limit?: number;

  @TextField({ optional: true, longest: 500, description: 'The `next` of the page before.' })
  readonly cursor?: string;
}
