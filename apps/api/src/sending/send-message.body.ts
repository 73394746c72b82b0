import { isMessageType, messageTypeNames, missingVariables, type Variables } from '@earlybird/core';
import { ContextField, contextIssues } from '../field/context.field.js';
import { type SelfChecking } from '../field/fields.pipe.js';
import { InstantField } from '../field/moment.field.js';
import { PhoneField } from '../field/phone.field.js';
import { ChoiceField, FlagField, LanguageField, TextField } from '../field/text.field.js';
import { type FieldIssue } from '../problem/problem.js';

/** What a client sends to have a message sent. */
export class SendMessageBody implements SelfChecking {
  @PhoneField({ description: 'The mobile number of the recipient, in international format with +.' })
  readonly phone!: string;

  @ChoiceField({
    description: 'What kind of thing is told.',
    choices: messageTypeNames,
    example: 'delivery_reminder',
  })
  readonly message_type!: string;

  @ContextField({
    description: 'What fills the template. GET /templates says which variables a type needs.',
    example: { delivery_date: '2026-02-01', customer_name: 'John Doe' },
  })
  readonly context!: Variables;

  @TextField({ optional: true, description: 'What you call it, to find it again.', example: 'order_123' })
  readonly reference_id?: string;

  @FlagField({
    optional: true,
    description: 'Whether to wait for the outcome, up to 10 s. By default as usual for the type.',
    example: true,
  })
  readonly immediate?: boolean;

  @LanguageField({
    optional: true,
    description: "The language, unless the recipient's own is on record.",
    example: 'en',
  })
  readonly language?: string;

  @InstantField({ optional: true, description: 'Not before this moment; at most 90 days ahead.' })
  readonly send_at?: Date;

  @InstantField({
    optional: true,
    description: 'Not after this moment; 24 hours by default, at most 90 days ahead.',
    example: '2026-02-01T08:00:00+05:30',
  })
  readonly valid_until?: Date;

  @TextField({ optional: true, description: "The customer's id, by which settings are found.", example: 'cust_123' })
  readonly user_id?: string;

  issues(): readonly FieldIssue[] {
    return [...contextIssues(this.context), ...this.missing(), ...this.tooFar()];
  }

  private missing(): readonly FieldIssue[] {
    const { message_type: type, context } = this;
    if (!isMessageType(type) || typeof context !== 'object' || context === null || Array.isArray(context)) return [];
    return missingVariables(type, context).map((name) => ({
      field: `context.${name}`,
      message: `is missing: ${type} needs it`,
    }));
  }

  private tooFar(): readonly FieldIssue[] {
    const latest = Date.now() + furthestMs;
    return (['send_at', 'valid_until'] as const).flatMap((field) => {
      const moment = this[field];
      return moment instanceof Date && moment.getTime() > latest
        ? [{ field, message: 'must be at most 90 days ahead' }]
        : [];
    });
  }
}

/** A notification is kept for 180 days by default; what waits must not come near the end of that. */
const furthestMs = 90 * 86_400_000;
