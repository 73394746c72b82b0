import { type OnUnknown, type QuietHoursRule } from '@earlybird/core';
import { field } from '../field/field.js';
import { MultilineField } from '../field/multiline.field.js';
import { NestedField } from '../field/nested.field.js';
import { ChoiceField, FlagField, LanguageField, TextField } from '../field/text.field.js';
import { WholeNumberField } from '../field/whole-number.field.js';

/** WhatsApp allows no more placeholders in a body. */
const mostParameters = 60;
/** As the renderer reads it. */
export const longestBody = 10_000;
/** A month. */
const longestValidityMinutes = 31 * 24 * 60;

/** The approved template at the provider that stands for ours. */
export class ProviderTemplateBody {
  @TextField({ description: 'Its name at the provider.', example: 'delivery_reminder_v2' })
  readonly name!: string;

  @LanguageField({ description: 'Its language at the provider.', example: 'en' })
  readonly language!: string;

  @field(
    {
      name: 'parameters',
      schema: { type: 'array', items: { type: 'string' }, maxItems: mostParameters },
      fault: (value) =>
        Array.isArray(value) && value.length <= mostParameters && value.every((name) => typeof name === 'string')
          ? undefined
          : `must be a list of at most ${mostParameters} names of variables, in order`,
    },
    { description: 'The variables that fill its placeholders, in order.', example: ['customer_name', 'delivery_date'] },
  )
  readonly parameters!: readonly string[];
}

/** A new version of a template. What is left out stays as in the version that is published. */
export class TemplateBody {
  @LanguageField({ description: 'The language of the text.', example: 'en' })
  readonly language!: string;

  @MultilineField({
    longest: longestBody,
    description:
      'nunjucks: variables, `if`, `for`, and the filters money, date, day, slot, period, upper, lower, capitalize, trim, length, join, default. Variables that may be absent are guarded with `{% if … %}`.',
    example: 'Hi {{ customer_name }}! Your EarlyBird delivery scheduled for {{ delivery_date | date }} is on track.',
  })
  readonly body!: string;

  @ChoiceField({
    optional: true,
    description: 'Whether to send it from now on; a draft by default.',
    choices: ['draft', 'published'],
    example: 'draft',
  })
  readonly state?: 'draft' | 'published';

  @ChoiceField({
    optional: true,
    description: 'What becomes of a message that was perhaps sent: sent again, or held for a receipt or a person.',
    choices: ['resend', 'hold'],
  })
  readonly on_unknown?: OnUnknown;

  @ChoiceField({ optional: true, description: 'Whether quiet hours postpone it.', choices: ['defer', 'ignore'] })
  readonly quiet_hours?: QuietHoursRule;

  @FlagField({
    optional: true,
    description: 'Whether a utility message is sent in spite of quiet hours when it would expire in them.',
  })
  readonly override_quiet_hours?: boolean;

  @WholeNumberField({
    optional: true,
    description: 'How long it is worth sending, where nothing else says so. Minutes.',
    least: 1,
    most: longestValidityMinutes,
    example: 1_440,
  })
  readonly validity_minutes?: number;

  @NestedField(ProviderTemplateBody, {
    optional: true,
    description: 'The approved template at the provider; without one the message goes out as free text.',
  })
  readonly provider_template?: ProviderTemplateBody;
}

/** Which version to publish. */
export class RollbackBody {
  @LanguageField({ description: 'The language of the template.', example: 'en' })
  readonly language!: string;

  @WholeNumberField({ description: 'The version to publish.', least: 1, most: 1_000_000, example: 1 })
  readonly version!: number;
}
