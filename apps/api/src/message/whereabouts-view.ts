import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/** The places where a notification can be. */
export const places = [
  'schedule',
  'dispatch_queue',
  'defer_queue',
  'delay_queue',
  'worker',
  'provider',
  'person',
  'dead_letter_queue',
  'done',
] as const;
export type Place = (typeof places)[number];

/** Where a notification is now, and for how long. */
export class WhereaboutsView {
  @ApiProperty({ enum: places, example: 'delay_queue' })
  readonly place!: Place;

  @ApiProperty({ example: 'Waits in notifications.dispatch.retry.5m for its next attempt.' })
  readonly sentence!: string;

  @ApiPropertyOptional({ type: String, example: 'notifications.dispatch.retry.5m' })
  readonly queue?: string | undefined;

  @ApiPropertyOptional({ type: String, format: 'date-time', example: '2026-01-27T10:35:00.000Z' })
  readonly until?: string | undefined;
}
