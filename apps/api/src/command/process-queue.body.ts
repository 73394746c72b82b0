import { TextField } from '../field/text.field.js';

/** Nothing need be said: `{}`, or no body at all. */
export class ProcessQueueBody {
  @TextField({ optional: true, longest: 500, description: 'Why; kept in the audit log.', example: 'outage is over' })
  readonly note?: string;
}
