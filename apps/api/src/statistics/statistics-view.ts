import { messageTypeNames } from '@earlybird/core';
import { ApiProperty } from '@nestjs/swagger';

/** The figures of some messages. */
export class FiguresView {
  @ApiProperty({ example: 150, description: 'Now sent, delivered, read or failed.' })
  readonly total_sent!: number;

  @ApiProperty({ example: 145, description: 'Now delivered or read.' })
  readonly total_delivered!: number;

  @ApiProperty({ example: 5 })
  readonly total_failed!: number;

  @ApiProperty({ example: 120 })
  readonly total_read!: number;

  @ApiProperty({
    example: 96.67,
    description: 'Of all sent those that did not fail, in percent; 0 when nothing was sent.',
  })
  readonly success_rate!: number;

  @ApiProperty({ example: 96.67, description: 'Of all sent those that were delivered, in percent.' })
  readonly delivery_rate!: number;
}

/** The figures of one message type. */
export class TypeFiguresView extends FiguresView {
  @ApiProperty({ enum: messageTypeNames, example: 'order_confirmation' })
  readonly message_type!: string;
}

/** The figures of one day. */
export class DayFiguresView extends FiguresView {
  @ApiProperty({ example: '2026-02-01', description: 'In Asia/Kolkata.' })
  readonly day!: string;
}

/** Figures of what was created in a time. */
export class StatisticsView extends FiguresView {
  @ApiProperty({ example: 7 })
  readonly period_days!: number;

  @ApiProperty({
    type: String,
    format: 'date-time',
    example: '2026-01-27T10:31:00.000Z',
    description: 'At most 60 s ago.',
  })
  readonly as_of!: string;

  @ApiProperty({ type: String, format: 'date-time', example: '2026-01-20T10:31:00.000Z' })
  readonly from!: string;

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'integer' },
    example: { unknown: 1, retrying: 2, queued: 0, scheduled: 4, sending: 0, suppressed: 3, expired: 0, cancelled: 1 },
    description: 'What stands elsewhere; in no rate.',
  })
  readonly beside!: Readonly<Record<string, number>>;

  @ApiProperty({ type: [TypeFiguresView] })
  readonly by_type!: readonly TypeFiguresView[];

  @ApiProperty({ type: [DayFiguresView] })
  readonly by_day!: readonly DayFiguresView[];
}
