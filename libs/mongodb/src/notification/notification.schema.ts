import { Schema } from 'mongoose';
import { deliveryStatuses, messageTypeNames, receiptStatuses } from '@earlybird/core';
import { type StoredNotification } from './stored-notification.js';

const inner = { _id: false, strict: 'throw' } as const;

const attempt = new Schema(
  {
    number: { type: Number, required: true, min: 1 },
    startedAt: { type: Date, required: true },
    leaseUntil: { type: Date, required: true },
    worker: { type: String, required: true },
    onUnknown: { type: String, required: true, enum: ['resend', 'hold'] },
    finishedAt: Date,
    outcome: { type: String, enum: ['accepted', 'deferred', 'refused', 'throttled', 'halted', 'unknown'] },
    counted: Boolean,
    reason: String,
    errorCode: String,
    httpStatus: Number,
    detail: String,
    durationMs: Number,
    providerMessageId: String,
    times: { type: Number, min: 2 },
    token: String,
  },
  inner,
);

const receipt = new Schema(
  {
    key: { type: String, required: true },
    reference: new Schema({ notificationId: String, attempt: Number }, inner),
    status: { type: String, required: true, enum: receiptStatuses },
    at: { type: Date, required: true },
    receivedAt: { type: Date, required: true },
    eventId: String,
    errorCode: String,
  },
  inner,
);

const adminAction = new Schema(
  {
    at: { type: Date, required: true },
    by: { type: String, required: true },
    action: { type: String, required: true },
    note: String,
    replay: String,
  },
  inner,
);

const recipient = new Schema({ phone: String, userId: String, name: String, marketingConsent: Boolean }, inner);
const statusTimes = new Schema(Object.fromEntries(deliveryStatuses.map((status) => [status, Date])), inner);
const text = { type: String, required: true } as const;
const instant = { type: Date, required: true } as const;

/** `notifications_log`: one notification with everything that happened to it (data.md). Its indexes are made by migrations. */
export const notificationSchema = new Schema<StoredNotification>(
  {
    _id: text,
    idempotencyKey: text,
    event: new Schema({ type: text, source: text, id: text }, inner),
    requestedBy: String,
    requestDigest: String,
    correlationId: text,
    traceparent: String,
    channel: { ...text, enum: ['whatsapp'] },
    recipient: { type: recipient, required: true },
    messageType: { ...text, enum: messageTypeNames },
    category: { ...text, enum: ['utility', 'marketing'] },
    lane: { ...text, enum: ['normal', 'bulk'] },
    language: text,
    context: { type: Schema.Types.Mixed, required: true },
    templateVersion: Number,
    text: String,
    status: { ...text, enum: deliveryStatuses },
    statusReason: String,
    decision: new Schema({ reason: text, at: { type: Date, required: true }, preferences: Schema.Types.Mixed }, inner),
    immediate: { type: Boolean, required: true },
    referenceId: String,
    dueAt: Date,
    validUntil: instant,
    nextAttemptAt: Date,
    wakeAt: Date,
    sweeps: { type: Number, required: true, min: 0 },
    lastAttemptNumber: { type: Number, required: true, min: 0 },
    attempts: [attempt],
    receipts: [receipt],
    providerMessageId: String,
    resendOf: String,
    resentAs: String,
    replay: String,
    resolved: new Schema({ by: String, at: Date, how: String }, inner),
    adminActions: [adminAction],
    createdAt: instant,
    updatedAt: instant,
    erasedAt: Date,
    statusTimes: { type: statusTimes, required: true },
    expireAt: instant,
  },
  { strict: 'throw', versionKey: false, minimize: false },
);
