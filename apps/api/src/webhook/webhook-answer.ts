import { ApiProperty } from '@nestjs/swagger';

/** What the provider is told. */
export class WebhookAnswer {
  @ApiProperty({ example: 'accepted' })
  readonly status!: string;

  @ApiProperty({ example: 1, description: 'How many receipts and inbound messages were taken.' })
  readonly received!: number;

  @ApiProperty({ example: 0, description: 'How many reports were none of our business.' })
  readonly ignored!: number;

  @ApiProperty({ example: 0, description: 'How many reports of the list could not be read.' })
  readonly unreadable!: number;
}
