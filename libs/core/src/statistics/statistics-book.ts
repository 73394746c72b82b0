import type { MessageType } from '../message/message-type.js';
import type { StatusCounts } from './figures.js';

/** What was created on one day of Asia/Kolkata, by type and status. */
export interface DayCounts {
  /** `YYYY-MM-DD` */
  readonly day: string;
  readonly byType: Readonly<Partial<Record<MessageType, StatusCounts>>>;
}

/** The counts of a time, day by day. */
export interface PeriodCounts {
  /** Everything that happened until then is counted; at most 60 s before now. */
  readonly asOf: Date;
  /** Oldest first, days without notifications left out. The first and the last may be parts of days. */
  readonly days: readonly DayCounts[];
}

/** Port: how many notifications stand where. Throws AppError `database_unavailable`. */
export interface StatisticsBook {
  /** Of the notifications created from `from` until now. */
  countSince(from: Date): Promise<PeriodCounts>;
}
