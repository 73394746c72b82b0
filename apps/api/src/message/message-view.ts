import { deliveryStatuses, messageTypeNames } from '@earlybird/core';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

const moment = { type: String, format: 'date-time', example: '2026-01-27T10:31:00.000Z' } as const;

/** A notification as lists and send-message show it. Absent fields are left out, never null. */
export class MessageView {
  @ApiProperty({ example: 'msg_0mb3k2x9p4f7abcdefghijklm' })
  readonly id!: string;

  @ApiPropertyOptional({
    type: String,
    example: '+919876543210',
    description: 'Absent when the customer has no usable phone.',
  })
  readonly phone?: string | undefined;

  @ApiProperty({ enum: messageTypeNames, example: 'delivery_reminder' })
  readonly message_type!: string;

  @ApiProperty({ enum: messageTypeNames, example: 'delivery_reminder', description: 'The same as message_type.' })
  readonly type!: string;

  @ApiProperty({ enum: deliveryStatuses, example: 'sent' })
  readonly status!: string;

  @ApiPropertyOptional({
    type: String,
    example: 'quiet_hours',
    description: 'Why it has this status, as a stable word.',
  })
  readonly status_reason?: string | undefined;

  @ApiPropertyOptional({
    type: String,
    example: 'It waits for the end of the quiet hours.',
    description: 'The reason in words, and what helps.',
  })
  readonly explanation?: string | undefined;

  @ApiPropertyOptional({
    type: String,
    example: 'Hi John Doe! Your EarlyBird delivery scheduled for February 1 is on track.',
  })
  readonly message_text?: string | undefined;

  @ApiProperty({ example: 'en' })
  readonly language!: string;

  @ApiProperty({ enum: ['utility', 'marketing'], example: 'utility' })
  readonly category!: string;

  @ApiPropertyOptional({
    type: String,
    example: 'order_123',
    description: 'What the sender calls it: an order, a subscription.',
  })
  readonly reference_id?: string | undefined;

  @ApiPropertyOptional({ type: String, example: 'cust_123' })
  readonly user_id?: string | undefined;

  @ApiPropertyOptional({ type: String, example: 'John Doe' })
  readonly customer_name?: string | undefined;

  @ApiPropertyOptional({ type: String, example: 'order.created' })
  readonly event_type?: string | undefined;

  @ApiPropertyOptional({ type: String, example: 'evt_123', description: 'The event that caused it.' })
  readonly event_id?: string | undefined;

  @ApiProperty({ example: '4be1f6f0-6a4c-4e0c-9a53-3f7b1e1b8a11' })
  readonly correlation_id!: string;

  @ApiPropertyOptional({ type: String, example: 'myop-1f0e', description: "The provider's id of the message." })
  readonly myoperator_id?: string | undefined;

  @ApiPropertyOptional({ type: String, example: 'myop-1f0e', description: 'The same as myoperator_id.' })
  readonly myoperator_message_id?: string | undefined;

  @ApiProperty({ example: 1, description: 'How many attempts were made so far.' })
  readonly attempt_count!: number;

  @ApiProperty({ ...moment, description: 'When it was sent; before that, when it was created.' })
  readonly timestamp!: string;

  @ApiProperty(moment)
  readonly created_at!: string;

  @ApiProperty(moment)
  readonly updated_at!: string;

  @ApiPropertyOptional(moment)
  readonly sent_at?: string | undefined;

  @ApiPropertyOptional(moment)
  readonly delivered_at?: string | undefined;

  @ApiPropertyOptional(moment)
  readonly read_at?: string | undefined;

  @ApiPropertyOptional(moment)
  readonly failed_at?: string | undefined;

  @ApiPropertyOptional({ ...moment, description: 'Not before.' })
  readonly send_at?: string | undefined;

  @ApiProperty({ ...moment, description: 'Not after: then it expires.' })
  readonly valid_until!: string;

  @ApiPropertyOptional({ ...moment, description: 'When it is tried again.' })
  readonly next_attempt_at?: string | undefined;

  @ApiPropertyOptional({
    type: String,
    example: 'msg_0mb3k2x9p4f7abcdefghijklm',
    description: 'The message that this one resends.',
  })
  readonly resend_of?: string | undefined;

  @ApiPropertyOptional({
    type: String,
    example: 'msg_0mb3k2x9p4f7abcdefghijklm',
    description: 'The message that resends this one.',
  })
  readonly resent_as?: string | undefined;
}
