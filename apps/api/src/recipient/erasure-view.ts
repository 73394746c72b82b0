import { ApiProperty } from '@nestjs/swagger';

/** What was erased. */
export class ErasureView {
  @ApiProperty({ example: 2, description: 'Messages that waited and were cancelled.' })
  readonly cancelled!: number;

  @ApiProperty({
    example: 14,
    description: 'Messages whose personal data were taken out; keys, statuses and figures stay.',
  })
  readonly messages!: number;

  @ApiProperty({ example: 2, description: 'Settings of the number and of persons who had it.' })
  readonly settings!: number;

  @ApiProperty({ example: 0, description: 'Parked events whose bodies named the number.' })
  readonly parked_events!: number;
}
