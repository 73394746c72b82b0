import { type Variables } from '@earlybird/core';
import { ContextField, contextIssues } from '../field/context.field.js';
import { type SelfChecking } from '../field/fields.pipe.js';
import { MultilineField } from '../field/multiline.field.js';
import { LanguageField } from '../field/text.field.js';
import { WholeNumberField } from '../field/whole-number.field.js';
import { type FieldIssue } from '../problem/problem.js';
import { longestBody } from './template.body.js';

/** What to render: the published version, an older one, or a text that is not saved yet. */
export class PreviewBody implements SelfChecking {
  @LanguageField({ optional: true, description: 'English by default.', example: 'hi' })
  readonly language?: string;

  @WholeNumberField({
    optional: true,
    description: 'A version; the published one by default.',
    least: 1,
    most: 1_000_000,
  })
  readonly version?: number;

  @MultilineField({ optional: true, longest: longestBody, description: 'A text that is not saved yet.' })
  readonly body?: string;

  @ContextField({
    optional: true,
    description: 'What fills it; sample values by default.',
    example: { customer_name: 'Asha', delivery_date: '2026-02-01' },
  })
  readonly context?: Variables;

  issues(): readonly FieldIssue[] {
    const both = this.version !== undefined && this.body !== undefined;
    return [
      ...(both ? [{ field: 'version', message: 'cannot stand beside body' }] : []),
      ...contextIssues(this.context),
    ];
  }
}
