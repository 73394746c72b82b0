import { type MessageType, messageTypeNames, type ReplayedStatus, replayedStatuses } from '@earlybird/core';
import { FailureGroupField } from '../failure/failure-group.field.js';
import { type SelfChecking } from '../field/fields.pipe.js';
import { MomentField } from '../field/moment.field.js';
import { PhoneField } from '../field/phone.field.js';
import { ChoiceField, FlagField, TextField } from '../field/text.field.js';
import { WholeNumberField } from '../field/whole-number.field.js';
import { DeedBody } from '../message/deed.body.js';
import { type FieldIssue } from '../problem/problem.js';

/** More than one number may send; its own rate bounds it below that. */
const mostPerSecond = 200;

/** Which messages to resend, how fast, and when to stop. */
export class ReplayBody extends DeedBody implements SelfChecking {
  @FlagField({ optional: true, description: 'Only count what would become of each message.', example: true })
  readonly dry_run?: boolean;

  @ChoiceField({
    optional: true,
    description: 'What failed (the default), or what was perhaps sent; the latter needs `force`.',
    choices: replayedStatuses,
    example: 'failed',
  })
  readonly status?: ReplayedStatus;

  @FlagField({ optional: true, description: 'Resend what was perhaps sent: some will get it twice.', example: false })
  readonly force?: boolean;

  @MomentField({
    optional: true,
    description: 'Created at this moment or later; 7 days before `to` by default.',
    example: '2026-01-31',
  })
  readonly from?: Date;

  @MomentField({ optional: true, description: 'Created before this moment; now by default.' })
  readonly to?: Date;

  @ChoiceField({ optional: true, description: 'Of one type only.', choices: messageTypeNames })
  readonly message_type?: MessageType;

  @TextField({
    optional: true,
    description: 'Of one cause only, as GET /failures names it.',
    example: 'provider_error 131000',
  })
  readonly cause?: string;

  @FailureGroupField({ optional: true, description: 'Of one group of GET /failures only: its cause and its type.' })
  readonly group?: string;

  @PhoneField({ optional: true, description: 'To one number only.' })
  readonly phone?: string;

  @WholeNumberField({
    optional: true,
    description: 'Resends a second at most; 10 by default.',
    least: 1,
    most: mostPerSecond,
    example: 10,
  })
  readonly rate_per_second?: number;

  @WholeNumberField({
    optional: true,
    description: 'It stops when more of what it resent fails, in percent; 30 by default, 100 never stops it.',
    least: 1,
    most: 100,
    example: 30,
  })
  readonly max_failure_percent?: number;

  @WholeNumberField({
    optional: true,
    description: 'How many of its resends must have come to something before that is judged; 20 by default.',
    least: 1,
    most: 10_000,
    example: 20,
  })
  readonly min_outcomes?: number;

  issues(): readonly FieldIssue[] {
    return [...this.timeIssues(), ...this.groupIssues(), ...this.forceIssues()];
  }

  private timeIssues(): readonly FieldIssue[] {
    const { from, to } = this;
    if (!(from instanceof Date)) return [];
    if (from.getTime() >= Date.now()) return [{ field: 'from', message: 'must lie in the past' }];
    return to instanceof Date && from >= to ? [{ field: 'from', message: 'must lie before to' }] : [];
  }

  private groupIssues(): readonly FieldIssue[] {
    const isDoubled = this.group !== undefined && (this.cause !== undefined || this.message_type !== undefined);
    return isDoubled ? [{ field: 'group', message: 'give either group, or cause and message_type' }] : [];
  }

  private forceIssues(): readonly FieldIssue[] {
    const isForced = this.status !== 'unknown' || this.dry_run === true || this.force === true;
    return isForced ? [] : [{ field: 'force', message: 'must be true for unknown ones: some will get it twice' }];
  }
}
