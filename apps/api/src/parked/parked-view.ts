import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

const moment = { type: String, format: 'date-time', example: '2026-01-27T10:31:00.000Z' } as const;

/** What a person did with a parked event. */
export class ParkedSettledView {
  @ApiProperty({ example: 'asha@earlybird.in' })
  readonly by!: string;

  @ApiProperty(moment)
  readonly at!: string;

  @ApiProperty({ enum: ['replayed', 'purged'], example: 'replayed' })
  readonly how!: string;
}

/** An event that was set aside for a person. */
export class ParkedView {
  @ApiProperty({ example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08' })
  readonly id!: string;

  @ApiProperty({ example: 'invalid_data' })
  readonly reason!: string;

  @ApiProperty({ example: 'data.order_id: expected a string' })
  readonly detail!: string;

  @ApiProperty({ example: 'svc-order' })
  readonly publisher!: string;

  @ApiProperty({ example: 'order.created' })
  readonly routing_key!: string;

  @ApiPropertyOptional({ type: String, example: 'evt_17' })
  readonly event_id?: string | undefined;

  @ApiPropertyOptional({ type: String, example: 'c0ffee' })
  readonly correlation_id?: string | undefined;

  @ApiProperty(moment)
  readonly parked_at!: string;

  @ApiPropertyOptional({ type: ParkedSettledView })
  readonly settled?: ParkedSettledView | undefined;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    example: { 'x-reason': 'invalid_data', 'x-publisher': 'svc-order' },
    description: 'What its envelope says of itself in the management UI.',
  })
  readonly headers!: Readonly<Record<string, string | number | boolean>>;

  @ApiPropertyOptional({
    description:
      'The body without names, telephone numbers and addresses; of what is no JSON only the shape. Absent when it was purged or erased.',
    example: { specversion: '1.0', type: 'order.created', data: { customer: { name: '***' } } },
  })
  readonly body?: unknown;
}

/** One page of parked events, newest first. */
export class ParkedPageView {
  @ApiProperty({ type: [ParkedView] })
  readonly events!: readonly ParkedView[];

  @ApiProperty({ example: 20 })
  readonly count!: number;

  @ApiPropertyOptional({ type: String, description: 'The cursor of the next page; absent on the last one.' })
  readonly next?: string | undefined;
}

/** How many parked events were put back. */
export class ParkedReplayView {
  @ApiProperty({ example: 2 })
  readonly replayed!: number;

  @ApiProperty({ example: 0, description: 'Settled before by somebody, or erased.' })
  readonly skipped!: number;
}

/** How many parked events were deleted. */
export class ParkedPurgeView {
  @ApiProperty({ example: 2 })
  readonly purged!: number;

  @ApiProperty({ example: 0, description: 'Settled before by somebody, or erased.' })
  readonly skipped!: number;
}
