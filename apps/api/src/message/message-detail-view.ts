import { receiptStatuses } from '@earlybird/core';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { MessageView } from './message-view.js';
import { WhereaboutsView } from './whereabouts-view.js';

const moment = { type: String, format: 'date-time', example: '2026-01-27T10:30:00.000Z' } as const;

/** One try to hand the message to the provider. */
export class AttemptView {
  @ApiProperty({ example: 1 })
  readonly number!: number;

  @ApiProperty(moment)
  readonly started_at!: string;

  @ApiPropertyOptional({ ...moment, description: 'Absent while it is under way.' })
  readonly finished_at?: string | undefined;

  @ApiPropertyOptional({
    enum: ['accepted', 'deferred', 'refused', 'throttled', 'halted', 'unknown'],
    example: 'deferred',
  })
  readonly outcome?: string | undefined;

  @ApiPropertyOptional({ type: Boolean, description: 'Whether it uses up one of the allowed attempts.' })
  readonly counted?: boolean | undefined;

  @ApiPropertyOptional({ type: String, example: 'provider_error' })
  readonly reason?: string | undefined;

  @ApiPropertyOptional({ type: String, example: '131026', description: "The provider's own code." })
  readonly error_code?: string | undefined;

  @ApiPropertyOptional({ type: Number, example: 500 })
  readonly http_status?: number | undefined;

  @ApiPropertyOptional({ type: String, description: "A redacted piece of the provider's answer." })
  readonly detail?: string | undefined;

  @ApiPropertyOptional({ type: Number, example: 84 })
  readonly duration_ms?: number | undefined;

  @ApiPropertyOptional({ type: String, example: 'myop-1f0e' })
  readonly myoperator_message_id?: string | undefined;

  @ApiProperty({ example: 1, description: 'How many equal attempts in a row this entry stands for.' })
  readonly times!: number;

  @ApiProperty({ example: 'worker@host-1:4711' })
  readonly worker!: string;
}

/** One report of the provider about the message. */
export class ReceiptView {
  @ApiProperty({ enum: receiptStatuses, example: 'delivered' })
  readonly status!: string;

  @ApiProperty({ ...moment, description: "By the provider's clock." })
  readonly at!: string;

  @ApiProperty(moment)
  readonly received_at!: string;

  @ApiPropertyOptional({ type: String, example: '131026' })
  readonly error_code?: string | undefined;
}

/** What a person did to the message. */
export class AdminActionView {
  @ApiProperty(moment)
  readonly at!: string;

  @ApiProperty({ example: 'asha@earlybird.in' })
  readonly by!: string;

  @ApiProperty({ enum: ['resent', 'cancelled', 'resolved', 'dismissed', 'restored', 'released'], example: 'cancelled' })
  readonly action!: string;

  @ApiPropertyOptional({ type: String })
  readonly note?: string | undefined;

  @ApiPropertyOptional({
    type: String,
    example: 'replay_0mb3k2x9p4f7abcdefghijklm',
    description: 'The replay by which it was done.',
  })
  readonly replay?: string | undefined;
}

/** What the recipient's preferences decided, and how they were then. */
export class DecisionView {
  @ApiProperty({ example: 'quiet_hours_overridden_by_validity' })
  readonly reason!: string;

  @ApiProperty(moment)
  readonly at!: string;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    example: { do_not_disturb_start: '22:00', do_not_disturb_end: '07:00', timezone: 'Asia/Kolkata' },
    description: 'What was on record of what it rests on.',
  })
  readonly preferences!: Readonly<Record<string, unknown>>;
}

/** How a person settled a doubt or a failure. */
export class ResolutionView {
  @ApiProperty({ example: 'asha@earlybird.in' })
  readonly by!: string;

  @ApiProperty(moment)
  readonly at!: string;

  @ApiProperty({ example: 'resent' })
  readonly how!: string;
}

/** Everything about one notification. */
export class MessageDetailView extends MessageView {
  @ApiProperty({ type: WhereaboutsView })
  readonly where!: WhereaboutsView;

  @ApiProperty({ type: 'object', additionalProperties: true, example: { customer_name: 'John Doe' } })
  readonly context!: Readonly<Record<string, unknown>>;

  @ApiPropertyOptional({ type: Number, example: 3 })
  readonly template_version?: number | undefined;

  @ApiProperty()
  readonly immediate!: boolean;

  @ApiProperty({ enum: ['normal', 'bulk'], example: 'normal' })
  readonly lane!: string;

  @ApiPropertyOptional({ type: String, example: '/services/orders' })
  readonly event_source?: string | undefined;

  @ApiPropertyOptional({ type: String, example: 'backoffice', description: 'Who asked for it over REST.' })
  readonly requested_by?: string | undefined;

  @ApiPropertyOptional({
    type: String,
    example: 'replay_0mb3k2x9p4f7abcdefghijklm',
    description: 'The replay that made it.',
  })
  readonly replay?: string | undefined;

  @ApiProperty({ type: [AttemptView] })
  readonly attempts!: readonly AttemptView[];

  @ApiProperty({ type: [ReceiptView] })
  readonly receipts!: readonly ReceiptView[];

  @ApiProperty({ type: [AdminActionView] })
  readonly admin_actions!: readonly AdminActionView[];

  @ApiPropertyOptional({
    type: DecisionView,
    description: 'What preferences decided last. It stays when the status has gone on.',
  })
  readonly decision?: DecisionView | undefined;

  @ApiPropertyOptional({ ...moment, description: "When the recipient's data were taken out." })
  readonly erased_at?: string | undefined;

  @ApiPropertyOptional({ type: ResolutionView })
  readonly resolved?: ResolutionView | undefined;
}
