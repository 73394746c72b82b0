import { type NumberSettings } from '@earlybird/core';
import { Schema } from 'mongoose';

const inner = { _id: false, strict: 'throw' } as const;

/** `phone_settings`: what belongs to a number, whoever holds it (data.md). Its indexes are made by migrations. */
export const numberSettingsSchema = new Schema<NumberSettings>(
  {
    phone: { type: String, required: true },
    marketingOptOut: new Schema({ at: Date, source: String }, inner),
    suppressed: new Schema({ reason: String, at: Date, until: Date }, inner),
    marketingConsent: new Schema({ at: Date, source: String }, inner),
    lastInboundAt: Date,
  },
  { strict: 'throw', versionKey: false },
);
