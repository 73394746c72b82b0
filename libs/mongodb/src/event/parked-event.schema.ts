import { type ParkedEvent } from '@earlybird/core';
import { Schema } from 'mongoose';

/** One document of `envelopes_parked`: an event envelope set aside for a person, its id as `_id`. */
export interface StoredParkedEvent extends Omit<ParkedEvent, 'id'> {
  readonly _id: string;
  /** When MongoDB deletes it: its body holds personal data. */
  readonly expireAt: Date;
}

const text = { type: String, required: true } as const;

/** `envelopes_parked`. Its indexes are made by migrations. */
export const parkedEventSchema = new Schema<StoredParkedEvent>(
  {
    _id: text,
    reason: text,
    detail: { type: String, default: '' },
    publisher: text,
    routingKey: text,
    eventId: String,
    correlationId: String,
    body: { type: String, default: '' },
    contentType: String,
    parkedAt: { type: Date, required: true },
    settled: new Schema({ by: String, at: Date, how: String }, { _id: false, strict: 'throw' }),
    expireAt: { type: Date, required: true },
  },
  { strict: 'throw', versionKey: false },
);
