import { messageTypeNames } from '@earlybird/core';
import { type SelfChecking } from '../field/fields.pipe.js';
import { MomentField } from '../field/moment.field.js';
import { ChoiceField } from '../field/text.field.js';
import { type FieldIssue } from '../problem/problem.js';

/** Which failures to look at. */
export class FailureQuery implements SelfChecking {
  @MomentField({ optional: true, description: 'Created at this moment or later; 7 days ago by default.' })
  readonly from?: Date;

  @MomentField({ optional: true, description: 'Created before this moment; now by default.', example: '2026-02-02' })
  readonly to?: Date;

  @ChoiceField({ optional: true, description: 'Of one type only.', choices: messageTypeNames, example: 'new_product' })
  readonly message_type?: string;

  issues(): readonly FieldIssue[] {
    const { from, to } = this;
    return from instanceof Date && to instanceof Date && from >= to
      ? [{ field: 'from', message: 'must lie before to' }]
      : [];
  }
}
