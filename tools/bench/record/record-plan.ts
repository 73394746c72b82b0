/** A record to measure the api on; the same plan gives the same notifications. */
export interface RecordPlan {
  readonly notifications: number;
  /** Of how many customers. */
  readonly phones: number;
  /** How far back it reaches. */
  readonly days: number;
  /** From 0 to 1; in five causes. */
  readonly failedShare: number;
  readonly seed: number;
  /** When its newest notification was created. */
  readonly until: Date;
}

const dayMs = 86_400_000;

/** When its oldest notification was created. */
export function oldestOf({ until, days }: RecordPlan): Date {
  return new Date(until.getTime() - days * dayMs);
}
