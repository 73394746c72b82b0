import { deliveryStatuses, messageTypeNames } from '@earlybird/core';
import { type SelfChecking } from '../field/fields.pipe.js';
import { MomentField } from '../field/moment.field.js';
import { PhoneField } from '../field/phone.field.js';
import { ChoiceField, TextField } from '../field/text.field.js';
import { WholeNumberField } from '../field/whole-number.field.js';
import { type FieldIssue } from '../problem/problem.js';

/** As many as a page shows; more is a job for another page. */
export const defaultLimit = 20;
const mostLimit = 200;
/** Skipping reads what it skips: further back the cursor is the way. */
const mostSkip = 10_000;

/** What a search without a phone may ask for. All given filters must hold. */
export class PhoneHistoryQuery implements SelfChecking {
  @TextField({ optional: true, description: "The customer's id.", example: 'cust_123' })
  readonly user_id?: string;

  @TextField({ optional: true, description: 'What the sender calls it.', example: 'order_123' })
  readonly reference_id?: string;

  @TextField({ optional: true, description: 'Follows one business action through all systems.', example: 'order-7' })
  readonly correlation_id?: string;

  @TextField({ optional: true, description: 'The event that caused it.', example: 'evt_123' })
  readonly event_id?: string;

  @ChoiceField({
    optional: true,
    description: 'What kind of thing was told.',
    choices: messageTypeNames,
    example: 'new_product',
  })
  readonly message_type?: string;

  @ChoiceField({
    optional: true,
    description: 'Where it stands; `retried` are those with more than one attempt.',
    choices: [...deliveryStatuses, 'retried'],
    example: 'failed',
  })
  readonly status?: string;

  @WholeNumberField({ optional: true, description: 'The last so many days.', least: 1, most: 3_650, example: 7 })
  readonly days?: number;

  @MomentField({ optional: true, description: 'Created at this moment or later.' })
  readonly from?: Date;

  @MomentField({ optional: true, description: 'Created before this moment.', example: '2026-02-02' })
  readonly to?: Date;

  @WholeNumberField({
    optional: true,
    description: 'How many at most; 20 by default.',
    least: 1,
    most: mostLimit,
    example: 20,
  })
  readonly limit?: number;

  @WholeNumberField({
    optional: true,
    description: 'How many to pass over. Better: cursor.',
    least: 0,
    most: mostSkip,
    example: 20,
  })
  readonly skip?: number;

  @TextField({ optional: true, longest: 500, description: 'The `next` of the page before, with the same filters.' })
  readonly cursor?: string;

  issues(): readonly FieldIssue[] {
    const { days, from, to, skip, cursor } = this;
    const issues: FieldIssue[] = [];
    if (days !== undefined && from !== undefined) issues.push({ field: 'days', message: 'cannot stand beside from' });
    if (skip !== undefined && cursor !== undefined)
      issues.push({ field: 'skip', message: 'cannot stand beside cursor' });
    if (from instanceof Date && to instanceof Date && from >= to)
      issues.push({ field: 'from', message: 'must lie before to' });
    return issues;
  }
}

/** What a search may ask for. */
export class HistoryQuery extends PhoneHistoryQuery {
  @PhoneField({ optional: true, description: 'The recipient; write + as %2B.' })
  readonly phone?: string;
}

/** The phone that an address names. */
export class PhoneParams {
  @PhoneField({ description: 'The recipient; write + as %2B.' })
  readonly phone!: string;
}
