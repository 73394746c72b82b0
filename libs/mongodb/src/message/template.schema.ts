import { type Category, type Template, messageTypeNames } from '@earlybird/core';
import { Schema } from 'mongoose';

/** One document of `notification_templates`: a template version, with what its message type said of it when it was saved. */
export interface StoredTemplate extends Template {
  /** `<message type>|<language>|<version>` */
  readonly _id: string;
  readonly category: Category;
  readonly variables: { readonly required: readonly string[]; readonly optional: readonly string[] };
  /** Set on the version that is being replaced, until its successor is published: so that readers never find none. */
  readonly yieldsTo?: number;
}

const text = { type: String, required: true } as const;
const inner = { _id: false, strict: 'throw' } as const;

/** `notification_templates` (data.md). Its indexes are made by migrations. */
export const templateSchema = new Schema<StoredTemplate>(
  {
    _id: text,
    messageType: { ...text, enum: messageTypeNames },
    language: text,
    version: { type: Number, required: true, min: 1 },
    state: { ...text, enum: ['draft', 'published', 'retired'] },
    body: text,
    onUnknown: { ...text, enum: ['resend', 'hold'] },
    quietHours: { ...text, enum: ['defer', 'ignore'] },
    validityMs: { type: Number, required: true, min: 1 },
    overrideQuietHours: { type: Boolean, required: true },
    providerTemplate: new Schema({ name: text, language: text, parameters: { type: [String], required: true } }, inner),
    objection: new Schema({ reason: text, at: { type: Date, required: true }, until: Date }, inner),
    author: text,
    createdAt: { type: Date, required: true },
    category: { ...text, enum: ['utility', 'marketing'] },
    variables: { type: new Schema({ required: [String], optional: [String] }, inner), required: true },
    yieldsTo: Number,
  },
  { strict: 'throw', versionKey: false },
);
