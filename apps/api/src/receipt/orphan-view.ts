import { receiptStatuses } from '@earlybird/core';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

const moment = { type: String, format: 'date-time', example: '2026-01-27T10:31:00.000Z' } as const;

/** A receipt whose message nobody knows (yet). */
export class OrphanView {
  @ApiProperty({ example: 'msg-xyz', description: "The provider's id of the message." })
  readonly message_id!: string;

  @ApiProperty({ enum: receiptStatuses, example: 'delivered' })
  readonly status!: string;

  @ApiProperty({ ...moment, description: "By the provider's clock." })
  readonly timestamp!: string;

  @ApiProperty(moment)
  readonly received_at!: string;

  @ApiPropertyOptional({ type: String, example: '131026' })
  readonly error_code?: string | undefined;

  @ApiPropertyOptional({
    type: String,
    example: 'msg_0mb3k2x9p4f7abcdefghijklm',
    description: 'Our own id, where the provider echoed it.',
  })
  readonly notification_id?: string | undefined;
}

/** One page of orphans, newest first. */
export class OrphanPageView {
  @ApiProperty({ type: [OrphanView] })
  readonly receipts!: readonly OrphanView[];

  @ApiProperty({ example: 20 })
  readonly count!: number;

  @ApiPropertyOptional({ ...moment, description: 'The `before` of the next page; absent on the last one.' })
  readonly next_before?: string | undefined;
}
