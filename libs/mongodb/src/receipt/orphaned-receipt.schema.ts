import { type Receipt, receiptStatuses } from '@earlybird/core';
import { Schema } from 'mongoose';

/** One document of `receipts_orphaned`: a receipt whose message id nobody knows yet. */
export interface StoredOrphan extends Receipt {
  /** By what it is recognised when it comes again (`receiptKey`). */
  readonly _id: string;
  /** When MongoDB deletes it. */
  readonly expireAt: Date;
}

/** `receipts_orphaned` (data.md). Its indexes are made by migrations. */
export const orphanedReceiptSchema = new Schema<StoredOrphan>(
  {
    _id: { type: String, required: true },
    providerMessageId: { type: String, required: true },
    reference: new Schema({ notificationId: String, attempt: Number }, { _id: false, strict: 'throw' }),
    status: { type: String, required: true, enum: receiptStatuses },
    at: { type: Date, required: true },
    receivedAt: { type: Date, required: true },
    eventId: String,
    errorCode: String,
    expireAt: { type: Date, required: true },
  },
  { strict: 'throw', versionKey: false },
);
