import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { WhereaboutsView } from './whereabouts-view.js';

/** One step of a message's story. */
export class TraceStepView {
  @ApiProperty({ type: String, format: 'date-time', example: '2026-01-27T10:30:00.000Z' })
  readonly at!: string;

  @ApiProperty({
    enum: ['created', 'scheduled', 'attempt', 'receipt', 'status', 'person', 'next'],
    example: 'attempt',
    description: 'What kind of step it is.',
  })
  readonly step!: string;

  @ApiProperty({ example: 'Attempt 1 was deferred: provider_error (131000). It waits for the next one.' })
  readonly sentence!: string;

  @ApiPropertyOptional({ type: Boolean, description: 'True for what is still to come.' })
  readonly planned?: boolean | undefined;
}

/** The story of a message, from the event to the last receipt. */
export class MessageTraceView {
  @ApiProperty({ example: 'msg_0mb3k2x9p4f7abcdefghijklm' })
  readonly id!: string;

  @ApiProperty({ example: 'retrying' })
  readonly status!: string;

  @ApiProperty({ type: WhereaboutsView })
  readonly where!: WhereaboutsView;

  @ApiProperty({ type: [TraceStepView] })
  readonly steps!: readonly TraceStepView[];
}
