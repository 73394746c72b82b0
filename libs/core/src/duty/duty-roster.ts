/** What only one worker may do at a time. */
export const duties = ['tend_dead_letters'] as const;
export type Duty = (typeof duties)[number];

/** Port: which worker has a duty. Throws AppError `database_unavailable`. */
export interface DutyRoster {
  /** True when `holder` has the duty until `until`: nobody had it, the time of whoever had it is over, or it was its own. */
  take(duty: Duty, holder: string, until: Date, now: Date): Promise<boolean>;
  /** Gives it back before its time; somebody else's stays. */
  leave(duty: Duty, holder: string): Promise<void>;
}
