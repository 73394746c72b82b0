import { Schema } from 'mongoose';

/** One document of `publishers`: what became of one publisher's events of one type on one day. */
export interface StoredPublisherCount {
  /** `<day>|<publisher>|<event type>` */
  readonly _id: string;
  /** `YYYY-MM-DD` in UTC. */
  readonly day: string;
  readonly publisher: string;
  readonly eventType: string;
  /** How many came to each result (`accepted`, `duplicate`, `invalid_data` …); absent means none. */
  readonly results: Readonly<Record<string, number>>;
  /** When MongoDB deletes it. */
  readonly expireAt: Date;
}

const text = { type: String, required: true } as const;

/** `publishers` (data.md). Its indexes are made by migrations. */
export const publisherCountSchema = new Schema<StoredPublisherCount>(
  {
    _id: text,
    day: text,
    publisher: text,
    eventType: text,
    results: { type: Schema.Types.Mixed, required: true },
    expireAt: { type: Date, required: true },
  },
  { strict: 'throw', versionKey: false },
);
