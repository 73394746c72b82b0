import { field } from '../field/field.js';
import { type SelfChecking } from '../field/fields.pipe.js';
import { idPattern } from '../field/id.field.js';
import { MomentField } from '../field/moment.field.js';
import { DeedBody } from '../message/deed.body.js';
import { type FieldIssue } from '../problem/problem.js';
import { FailureGroupField } from './failure-group.field.js';

const mostIds = 1_000;

/** Which failures to dismiss or restore: single ones, or a whole group. */
export class SettleBody extends DeedBody implements SelfChecking {
  @field(
    {
      name: 'ids',
      schema: { type: 'array', items: { type: 'string' }, maxItems: mostIds },
      fault: (value) =>
        Array.isArray(value) && value.length > 0 && value.length <= mostIds && value.every(isMessageId)
          ? undefined
          : `must be a list of 1 to ${mostIds} ids such as msg_0mb3k2x9p4f7abc`,
    },
    { optional: true, description: 'Single messages.', example: ['msg_0mb3k2x9p4f7abcdefghijklm'] },
  )
  readonly ids?: readonly string[];

  @FailureGroupField({ optional: true, description: 'A whole group of GET /failures.' })
  readonly group?: string;

  @MomentField({ optional: true, description: 'With a group: created at this moment or later; 7 days ago by default.' })
  readonly from?: Date;

  @MomentField({ optional: true, description: 'With a group: created before this moment; now by default.' })
  readonly to?: Date;

  issues(): readonly FieldIssue[] {
    const { ids, group } = this;
    if ((ids === undefined) === (group === undefined))
      return [{ field: ids === undefined ? 'ids' : 'group', message: 'give either ids or group' }];
    return [];
  }
}

const messageId = idPattern('msg');

function isMessageId(value: unknown): boolean {
  return typeof value === 'string' && messageId.test(value);
}
