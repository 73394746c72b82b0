import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/** A message as its recipient would read it. Nothing was sent. */
export class PreviewView {
  @ApiProperty({ example: 'delivery_reminder' })
  readonly message_type!: string;

  @ApiProperty({ example: 'en' })
  readonly language!: string;

  @ApiPropertyOptional({ type: Number, example: 3, description: 'Absent for a text that is not saved yet.' })
  readonly version?: number | undefined;

  @ApiProperty({ example: 'Hi John Doe! Your EarlyBird delivery scheduled for February 1 is on track.' })
  readonly text!: string;

  @ApiProperty({ example: 74, description: 'Characters; WhatsApp takes 4,096.' })
  readonly length!: number;

  @ApiProperty({ type: 'object', additionalProperties: true, example: { customer_name: 'John Doe' } })
  readonly context!: Readonly<Record<string, unknown>>;
}
