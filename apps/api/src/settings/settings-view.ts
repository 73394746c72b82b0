import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

const moment = { type: String, format: 'date-time', example: '2026-01-27T10:31:00.000Z' } as const;

/** What somebody said about marketing, and when. */
export class MarketingConsentView {
  @ApiProperty({ example: true })
  readonly granted!: boolean;

  @ApiProperty(moment)
  readonly at!: string;

  @ApiProperty({ example: 'backoffice', description: 'Who said so: a client of this api, the shop, a reply.' })
  readonly source!: string;
}

/** A person's preferences. */
export class PersonSettingsView {
  @ApiProperty({ example: 'cust_123' })
  readonly user_id!: string;

  @ApiPropertyOptional({ type: String, example: '+919876543210' })
  readonly phone?: string | undefined;

  @ApiProperty({ example: true })
  readonly notifications_enabled!: boolean;

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'boolean' },
    example: { delivery_reminder: true, payment_reminder: true, promotional: false },
  })
  readonly notification_types!: Readonly<Record<string, boolean>>;

  @ApiPropertyOptional({ type: String, example: '22:00' })
  readonly do_not_disturb_start?: string | undefined;

  @ApiPropertyOptional({ type: String, example: '07:00' })
  readonly do_not_disturb_end?: string | undefined;

  @ApiProperty({ example: 'Asia/Kolkata' })
  readonly timezone!: string;

  @ApiPropertyOptional({ type: String, example: 'hi' })
  readonly language?: string | undefined;

  @ApiPropertyOptional({ type: MarketingConsentView })
  readonly marketing_consent?: MarketingConsentView | undefined;
}

/** Why nothing is sent to a number. */
export class SuppressionView {
  @ApiProperty({ example: 'bad_number' })
  readonly reason!: string;

  @ApiProperty(moment)
  readonly at!: string;

  @ApiProperty(moment)
  readonly until!: string;
}

/** What belongs to a number. */
export class NumberSettingsView {
  @ApiProperty({ example: '+919876543210' })
  readonly phone!: string;

  @ApiProperty({ example: false, description: 'Set by the reply STOP too.' })
  readonly marketing_opt_out!: boolean;

  @ApiPropertyOptional(moment)
  readonly marketing_opt_out_at?: string | undefined;

  @ApiPropertyOptional({ type: String, example: 'reply' })
  readonly marketing_opt_out_source?: string | undefined;

  @ApiPropertyOptional({ type: MarketingConsentView, description: 'Given by the reply START.' })
  readonly marketing_consent?: MarketingConsentView | undefined;

  @ApiPropertyOptional({ type: SuppressionView })
  readonly suppressed?: SuppressionView | undefined;

  @ApiPropertyOptional({ ...moment, description: 'Within 24 hours of it WhatsApp delivers free text.' })
  readonly last_inbound_at?: string | undefined;
}
