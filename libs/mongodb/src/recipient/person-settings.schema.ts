import { type PersonSettings } from '@earlybird/core';
import { Schema } from 'mongoose';

const inner = { _id: false, strict: 'throw' } as const;

/** `notification_settings`: one person's preferences (data.md). Its indexes are made by migrations. */
export const personSettingsSchema = new Schema<PersonSettings>(
  {
    userId: { type: String, required: true },
    phone: String,
    notificationsEnabled: Boolean,
    notificationTypes: Schema.Types.Mixed,
    doNotDisturbStart: String,
    doNotDisturbEnd: String,
    timezone: String,
    language: String,
    marketingConsent: new Schema({ granted: Boolean, at: Date, source: String }, inner),
  },
  { strict: 'throw', versionKey: false, minimize: false },
);
