import { isTimeZone, messageTypeNames } from '@earlybird/core';
import { field, type FieldOptions } from '../field/field.js';
import { type SelfChecking } from '../field/fields.pipe.js';
import { InstantField } from '../field/moment.field.js';
import { PhoneField } from '../field/phone.field.js';
import { FlagField, LanguageField, TextField } from '../field/text.field.js';
import { type FieldIssue } from '../problem/problem.js';

const time = /^([01]\d|2[0-3]):[0-5]\d$/;

function TimeField(options: FieldOptions): PropertyDecorator {
  return field(
    {
      name: 'time',
      schema: { type: 'string', pattern: time.source },
      fault: (value) => (typeof value === 'string' && time.test(value) ? undefined : 'must be a time such as 22:00'),
    },
    options,
  );
}

/** What a person may switch off: a message type, or `promotional` for all marketing. */
const switches: readonly string[] = [...messageTypeNames, 'promotional'];

/** A person's preferences; they take the place of what was there. What is left out is no wish. */
export class PersonSettingsBody implements SelfChecking {
  @PhoneField({ optional: true, description: 'By which the person is found where no user_id is known.' })
  readonly phone?: string;

  @FlagField({ optional: true, description: 'False: nothing at all is sent.', example: true })
  readonly notifications_enabled?: boolean;

  @field(
    {
      name: 'notification types',
      schema: { type: 'object', additionalProperties: { type: 'boolean' } },
      fault: faultOfSwitches,
    },
    {
      optional: true,
      description: 'False switches a message type off; `promotional` stands for all marketing.',
      example: { delivery_reminder: true, payment_reminder: true, promotional: false },
    },
  )
  readonly notification_types?: Readonly<Record<string, boolean>>;

  @TimeField({ optional: true, description: 'From when on nothing is sent that can wait.', example: '22:00' })
  readonly do_not_disturb_start?: string;

  @TimeField({ optional: true, description: 'Until when.', example: '07:00' })
  readonly do_not_disturb_end?: string;

  @field(
    {
      name: 'time zone',
      schema: { type: 'string' },
      fault: (value) =>
        typeof value === 'string' && value.length <= 64 && isTimeZone(value)
          ? undefined
          : 'must be the name of a time zone such as Asia/Kolkata',
    },
    { optional: true, description: 'The zone of the two times; Asia/Kolkata by default.', example: 'Asia/Kolkata' },
  )
  readonly timezone?: string;

  @LanguageField({ optional: true, description: 'The language of all messages.', example: 'hi' })
  readonly language?: string;

  @FlagField({
    optional: true,
    description: 'Whether the person agreed to marketing; without it none is sent.',
    example: true,
  })
  readonly marketing_consent?: boolean;

  issues(): readonly FieldIssue[] {
    const { do_not_disturb_start: start, do_not_disturb_end: end } = this;
    if ((start === undefined) === (end === undefined)) return [];
    const field = start === undefined ? 'do_not_disturb_start' : 'do_not_disturb_end';
    return [{ field, message: 'is missing: a quiet time has a start and an end' }];
  }
}

function faultOfSwitches(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return 'must be an object such as {"delivery_reminder": true}';
  const wrong = Object.entries(value).find(([name, on]) => !switches.includes(name) || typeof on !== 'boolean');
  return wrong === undefined
    ? undefined
    : `has ${wrong[0].slice(0, 60)}, which is wrong: each of ${switches.join(', ')} is true or false`;
}

/** What belongs to a number, whoever holds it; it takes the place of what was there. */
export class NumberSettingsBody implements SelfChecking {
  @FlagField({ optional: true, description: 'True: no marketing to this number, whoever consents.', example: false })
  readonly marketing_opt_out?: boolean;

  @InstantField({ optional: true, description: 'Until when nothing at all is sent to this number.' })
  readonly suppressed_until?: Date;

  @TextField({ optional: true, description: 'Why nothing is sent, e.g. "asked us to stop".' })
  readonly suppressed_reason?: string;

  issues(): readonly FieldIssue[] {
    const both = (this.suppressed_until === undefined) === (this.suppressed_reason === undefined);
    return both ? [] : [{ field: 'suppressed_until', message: 'and suppressed_reason belong together' }];
  }
}

/** The person that an address names. */
export class PersonParams {
  @TextField({ description: "The customer's id.", example: 'cust_123' })
  readonly user_id!: string;
}
