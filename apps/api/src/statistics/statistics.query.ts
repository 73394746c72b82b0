import { WholeNumberField } from '../field/whole-number.field.js';

/** As in the user's example. */
export const defaultDays = 7;

/** Which time the figures are of. */
export class StatisticsQuery {
  @WholeNumberField({
    optional: true,
    description: 'The last so many times 24 hours; 7 by default.',
    least: 1,
    most: 366,
    example: 30,
  })
  readonly days?: number;
}
