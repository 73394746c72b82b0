import { type Consequence } from '@earlybird/core';

/** What a signal of the provider comes to: an outcome without the particulars of one answer. */
export type Verdict =
  | { readonly kind: 'deferred'; readonly reason: string }
  | { readonly kind: 'refused'; readonly reason: string; readonly consequence?: Consequence }
  | {
      readonly kind: 'throttled';
      readonly reason: string;
      readonly scope: 'sender' | 'recipient';
      /** When the answer does not say how long; milliseconds. */
      readonly waitMs: number;
      /** Also when it says less; milliseconds. */
      readonly minWaitMs?: number;
      readonly consequence?: Consequence;
    }
  | { readonly kind: 'halted'; readonly reason: string; readonly scope: 'account' | 'road' }
  | { readonly kind: 'unknown'; readonly reason: string };

/** One row of the outcome table: a verdict, and why in one sentence. */
export interface OutcomeRow {
  readonly verdict: Verdict;
  readonly sentence: string;
}

/** The verdicts that rows share. */
export const deferred = (reason: string): Verdict => ({ kind: 'deferred', reason });
export const refused = (reason: string, consequence?: Consequence): Verdict => ({
  kind: 'refused',
  reason,
  ...(consequence !== undefined && { consequence }),
});
export const account = (reason: string): Verdict => ({ kind: 'halted', scope: 'account', reason });
export const road = (reason: string): Verdict => ({ kind: 'halted', scope: 'road', reason });
export const unknown = (reason: string): Verdict => ({ kind: 'unknown', reason });
export const slowNumber = (reason: string, waitMs: number): Verdict => ({
  kind: 'throttled',
  scope: 'sender',
  reason,
  waitMs,
});
