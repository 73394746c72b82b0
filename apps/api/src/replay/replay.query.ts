import { type ReplayState, replayStates } from '@earlybird/core';
import { ChoiceField, TextField } from '../field/text.field.js';
import { WholeNumberField } from '../field/whole-number.field.js';

/** Which replays. */
export class ReplayListQuery {
  @ChoiceField({ optional: true, description: 'Only those that stand so.', choices: replayStates, example: 'running' })
  readonly state?: ReplayState;

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
