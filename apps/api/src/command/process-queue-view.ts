import { ApiProperty } from '@nestjs/swagger';

/** What goes on now instead of later. */
export class ProcessQueueView {
  @ApiProperty({ example: 15, description: 'All of it: `released` and `scheduled_released`.' })
  readonly processed!: number;

  @ApiProperty({ example: 12, description: 'Taken out of the retry queues and put into their lanes.' })
  readonly released!: number;

  @ApiProperty({ example: 3, description: 'Scheduled messages whose moment had come.' })
  readonly scheduled_released!: number;
}
