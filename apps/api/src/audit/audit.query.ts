import { type AuditAction, auditActions } from '@earlybird/core';
import { MomentField } from '../field/moment.field.js';
import { ChoiceField, TextField } from '../field/text.field.js';
import { WholeNumberField } from '../field/whole-number.field.js';

/** Which entries of the audit log. */
export class AuditLogQuery {
  @ChoiceField({ optional: true, description: 'What was done.', choices: auditActions, example: 'template_published' })
  readonly action?: AuditAction;

  @TextField({ optional: true, description: "Who did it: the token's client.", example: 'asha@earlybird.in' })
  readonly by?: string;

  @MomentField({ optional: true, description: 'Only what was done before; the `next_before` of the page before.' })
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
