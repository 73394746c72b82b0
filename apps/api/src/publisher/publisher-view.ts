import { ApiProperty } from '@nestjs/swagger';

/** What became of events. */
export class EventFiguresView {
  @ApiProperty({ example: 1200 })
  readonly accepted!: number;

  @ApiProperty({ example: 3, description: 'Copies of events that were accepted before.' })
  readonly duplicate!: number;

  @ApiProperty({ example: 0, description: 'Accepted, but too late to be worth telling.' })
  readonly late!: number;

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'integer' },
    example: { invalid_data: 2 },
    description: 'Set aside for a person, by reason.',
  })
  readonly rejected!: Readonly<Record<string, number>>;
}

/** What became of the events of one type. */
export class EventTypeFiguresView extends EventFiguresView {
  @ApiProperty({ example: 'order.created' })
  readonly event_type!: string;
}

/** What became of the events of one publisher. */
export class PublisherView extends EventFiguresView {
  @ApiProperty({ example: 'svc-order' })
  readonly publisher!: string;

  @ApiProperty({ type: [EventTypeFiguresView] })
  readonly by_type!: readonly EventTypeFiguresView[];
}

/** What became of the events of every publisher. */
export class PublishersView {
  @ApiProperty({ example: 7 })
  readonly period_days!: number;

  @ApiProperty({ example: '2026-01-26', description: 'The first day, in UTC.' })
  readonly from_day!: string;

  @ApiProperty({ type: [PublisherView] })
  readonly publishers!: readonly PublisherView[];
}
