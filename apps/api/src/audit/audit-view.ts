import { auditActions } from '@earlybird/core';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

const moment = { type: String, format: 'date-time', example: '2026-01-27T10:31:00.000Z' } as const;

/** What an admin did to something that is no message; deeds on a message are shown with it. */
export class AuditEntryView {
  @ApiProperty(moment)
  readonly at!: string;

  @ApiProperty({ example: 'asha@earlybird.in' })
  readonly by!: string;

  @ApiProperty({ enum: auditActions, example: 'template_published' })
  readonly action!: string;

  @ApiProperty({ example: 'delivery_reminder/en/3' })
  readonly subject!: string;

  @ApiPropertyOptional({ type: 'object', additionalProperties: true, example: { fields: 'language' } })
  readonly details?: Readonly<Record<string, string | number | boolean>> | undefined;
}

/** One page of the audit log, newest first. */
export class AuditPageView {
  @ApiProperty({ type: [AuditEntryView] })
  readonly entries!: readonly AuditEntryView[];

  @ApiProperty({ example: 20 })
  readonly count!: number;

  @ApiPropertyOptional({ ...moment, description: 'The `before` of the next page; absent on the last one.' })
  readonly next_before?: string | undefined;
}
