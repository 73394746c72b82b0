import { type Verdict } from '@earlybird/core';
import { ChoiceField, TextField } from '../field/text.field.js';

/** Why something is done. */
export class DeedBody {
  @TextField({ optional: true, longest: 500, description: 'Why; kept with the message.', example: 'wrong customer' })
  readonly note?: string;
}

/** What a person found out about a message that was perhaps sent. */
export class ResolveBody extends DeedBody {
  @ChoiceField({ description: 'How it stands in truth.', choices: ['sent', 'failed'], example: 'sent' })
  readonly as!: Verdict;
}
