import { type Variables } from '@earlybird/core';
import { ContextField, contextIssues } from '../field/context.field.js';
import { type SelfChecking } from '../field/fields.pipe.js';
import { InstantField } from '../field/moment.field.js';
import { FlagField } from '../field/text.field.js';
import { DeedBody } from '../message/deed.body.js';
import { type FieldIssue } from '../problem/problem.js';

/** How a message is to be resent. */
export class ResendBody extends DeedBody implements SelfChecking {
  @FlagField({
    optional: true,
    description: 'Also when it has arrived, or perhaps has: sent, delivered, read, unknown.',
    example: false,
  })
  readonly force?: boolean;

  @InstantField({
    optional: true,
    description:
      'Not after this moment. Needed where the message is bound to a moment that has passed (a slot, a due date).',
  })
  readonly valid_until?: Date;

  @ContextField({
    optional: true,
    description: 'Variables that take the place of the old ones.',
    example: { delivery_date: '2026-02-02' },
  })
  readonly context?: Variables;

  issues(): readonly FieldIssue[] {
    return contextIssues(this.context);
  }
}
