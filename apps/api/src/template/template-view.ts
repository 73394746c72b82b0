import { messageTypeNames } from '@earlybird/core';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/** The approved template at the provider that stands for ours. */
export class ProviderTemplateView {
  @ApiProperty({ example: 'delivery_reminder_v2' })
  readonly name!: string;

  @ApiProperty({ example: 'en' })
  readonly language!: string;

  @ApiProperty({ type: [String], example: ['customer_name', 'delivery_date'], description: 'Variables, in order.' })
  readonly parameters!: readonly string[];
}

/** What the provider says against its template. */
export class TemplateObjectionView {
  @ApiProperty({ example: 'template_paused' })
  readonly reason!: string;

  @ApiProperty({ type: String, format: 'date-time', example: '2026-01-27T10:30:00.000Z' })
  readonly at!: string;

  @ApiPropertyOptional({
    type: String,
    format: 'date-time',
    example: '2026-01-27T13:30:00.000Z',
    description:
      'Until then nothing of this template is sent. Absent when the provider refuses it for good. Publishing any version, this one too, lifts it.',
  })
  readonly until?: string | undefined;
}

/** One version of a template. */
export class TemplateView {
  @ApiProperty({ enum: messageTypeNames, example: 'delivery_reminder' })
  readonly message_type!: string;

  @ApiProperty({ example: 'en' })
  readonly language!: string;

  @ApiProperty({ example: 1 })
  readonly version!: number;

  @ApiProperty({ enum: ['draft', 'published', 'retired'], example: 'published' })
  readonly state!: string;

  @ApiProperty({
    example: 'Hi {{ customer_name }}! Your EarlyBird delivery scheduled for {{ delivery_date | date }} …',
  })
  readonly body!: string;

  @ApiProperty({ type: [String], example: ['customer_name', 'delivery_date'], description: 'What must be in context.' })
  readonly required_variables!: readonly string[];

  @ApiProperty({ type: [String], example: ['slot', 'area'], description: 'What may be in context.' })
  readonly optional_variables!: readonly string[];

  @ApiProperty({ enum: ['utility', 'marketing'], example: 'utility' })
  readonly category!: string;

  @ApiProperty({ description: 'Whether send-message waits for the outcome unless told otherwise.', example: false })
  readonly immediate!: boolean;

  @ApiProperty({ enum: ['defer', 'ignore'], example: 'defer', description: 'What quiet hours do to it.' })
  readonly quiet_hours!: string;

  @ApiProperty({
    example: true,
    description: 'Whether it is sent at once, in spite of quiet hours, when it would expire in them.',
  })
  readonly override_quiet_hours!: boolean;

  @ApiProperty({
    enum: ['resend', 'hold'],
    example: 'resend',
    description: 'What becomes of one that was perhaps sent.',
  })
  readonly on_unknown!: string;

  @ApiProperty({ example: 1_440, description: 'How long it is worth sending, in minutes.' })
  readonly validity_minutes!: number;

  @ApiPropertyOptional({ type: ProviderTemplateView })
  readonly provider_template?: ProviderTemplateView | undefined;

  @ApiPropertyOptional({ type: TemplateObjectionView })
  readonly provider_objection?: TemplateObjectionView | undefined;

  @ApiProperty({ example: 'seed' })
  readonly author!: string;

  @ApiProperty({ type: String, format: 'date-time', example: '2026-01-27T10:30:00.000Z' })
  readonly created_at!: string;
}

/** Several templates. */
export class TemplateListView {
  @ApiProperty({ type: [TemplateView] })
  readonly templates!: readonly TemplateView[];

  @ApiProperty({ example: 20 })
  readonly count!: number;
}
