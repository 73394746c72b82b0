import { messageTypeNames } from '@earlybird/core';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

const moment = { type: String, format: 'date-time', example: '2026-01-27T10:31:00.000Z' } as const;

/** One failure, as an example of its group. */
export class FailureSampleView {
  @ApiProperty({ example: 'msg_0mb3k2x9p4f7abcdefghijklm' })
  readonly id!: string;

  @ApiProperty({ enum: ['failed', 'unknown'], example: 'failed' })
  readonly status!: string;

  @ApiPropertyOptional({ type: String, example: '+919876543210' })
  readonly phone?: string | undefined;

  @ApiPropertyOptional({ type: String, example: 'order_123' })
  readonly reference_id?: string | undefined;

  @ApiProperty(moment)
  readonly created_at!: string;

  @ApiPropertyOptional({ type: String, description: "A redacted piece of the provider's last answer." })
  readonly detail?: string | undefined;
}

/** Failures with the same cause and type. */
export class FailureGroupView {
  @ApiProperty({
    example: 'WyJiYWRfbnVtYmVyIDEzMTAyNiIsIm9yZGVyX2NvbmZpcm1hdGlvbiJd',
    description: 'Names the group to dismiss and restore.',
  })
  readonly group!: string;

  @ApiProperty({ example: 'bad_number 131026', description: "The reason, and the provider's code where there is one." })
  readonly cause!: string;

  @ApiPropertyOptional({
    type: String,
    example: 'MyOperator refuses the number: it is not on WhatsApp, or wrong.',
    description: 'The cause in words, and what helps.',
  })
  readonly explanation?: string | undefined;

  @ApiProperty({ enum: messageTypeNames, example: 'order_confirmation' })
  readonly message_type!: string;

  @ApiProperty({ example: 12 })
  readonly count!: number;

  @ApiProperty({ example: 10 })
  readonly failed!: number;

  @ApiProperty({ example: 2, description: 'Perhaps sent; resolve or resend them.' })
  readonly unknown!: number;

  @ApiProperty(moment)
  readonly first_at!: string;

  @ApiProperty(moment)
  readonly last_at!: string;

  @ApiProperty({ type: FailureSampleView, description: 'The newest.' })
  readonly sample!: FailureSampleView;
}

/** What failed or is in doubt, and nobody has settled yet. */
export class FailuresView {
  @ApiProperty(moment)
  readonly from!: string;

  @ApiProperty(moment)
  readonly to!: string;

  @ApiProperty({ example: 12, description: 'How many there are, as far as was looked.' })
  readonly count!: number;

  @ApiProperty({ example: 12, description: 'How many were looked at.' })
  readonly looked_at!: number;

  @ApiProperty({ example: true, description: 'False when there are more than were looked at: narrow the time.' })
  readonly complete!: boolean;

  @ApiProperty({ type: [FailureGroupView] })
  readonly groups!: readonly FailureGroupView[];
}

/** What came of dismissing or restoring. */
export class SettledView {
  @ApiProperty({ example: 12, description: 'How many messages were changed.' })
  readonly count!: number;
}
