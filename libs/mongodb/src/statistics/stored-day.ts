import { type DayCounts } from '@earlybird/core';

/** One document of `statistics_daily`: what is counted of one day, and whether that can still be believed. */
export interface StoredDay {
  /** `YYYY-MM-DD` in Asia/Kolkata. */
  readonly _id: string;
  /** The minute of the latest mark: a notification of this day changed its status then, or until a minute later. */
  readonly markedAt?: Date;
  /** When the counting of `byType` began. */
  readonly computedAt?: Date;
  readonly byType?: DayCounts['byType'];
  /** When MongoDB deletes it. */
  readonly expireAt: Date;
}

/** One mark of a process stands for all its changes within this time, so that marking costs next to nothing. */
export const markMs = 60_000;

/** Beyond that: how long a write may take, and how far the clocks of two processes may be apart. */
const doubtMs = 60_000;

/** True when every change that its marks stand for is certain to have been counted. */
export function isSettled({ markedAt, computedAt }: StoredDay): boolean {
  if (computedAt === undefined) return false;
  return markedAt === undefined || computedAt.getTime() > markedAt.getTime() + markMs + doubtMs;
}
