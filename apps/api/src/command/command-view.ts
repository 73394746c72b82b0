import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

const moment = { type: String, format: 'date-time', example: '2026-01-27T10:31:00.000Z' } as const;

/** How a command to the worker stands: `ordered` until the worker has answered. */
export const commandStatuses = ['ordered', 'done', 'refused', 'failed'] as const;

/** A command to the worker, and what came of it. */
export class CommandView {
  @ApiProperty({ example: 'cmd_0mb3k2x9p4f7q1w2e3r4t5y6u' })
  readonly command_id!: string;

  @ApiProperty({ example: 'release_waiting' })
  readonly command!: string;

  @ApiProperty({ enum: commandStatuses, example: 'done' })
  readonly status!: (typeof commandStatuses)[number];

  @ApiProperty({ example: 'asha@earlybird.in', description: 'Who asked for it.' })
  readonly by!: string;

  @ApiProperty(moment)
  readonly ordered_at!: string;

  @ApiPropertyOptional({ ...moment, description: 'When the worker answered.' })
  readonly answered_at?: string | undefined;

  @ApiPropertyOptional({
    type: String,
    example: 'provider_halted',
    description: 'Why it was not done, as a stable word.',
  })
  readonly reason?: string | undefined;

  @ApiPropertyOptional({
    type: String,
    example: 'Sending is halted since noon: account_refused.',
    description: 'The same in words.',
  })
  readonly detail?: string | undefined;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'integer' },
    example: { released: 12, scheduled_released: 3 },
    description: 'How much was done.',
  })
  readonly figures?: Readonly<Record<string, number>> | undefined;

  @ApiProperty({
    example: '/api/notifications/commands/cmd_0mb3k2x9p4f7q1w2e3r4t5y6u',
    description: 'Where to look again.',
  })
  readonly look_at!: string;
}
