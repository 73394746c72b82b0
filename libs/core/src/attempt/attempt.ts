import type { OnUnknown } from '../message/message-type.js';
import type { OutcomeKind } from './outcome.js';

/** One try to hand a message to the provider. Open while `finishedAt` is absent. */
export interface Attempt {
  /** From 1, running, never used twice. */
  readonly number: number;
  readonly startedAt: Date;
  /** Until when the attempt belongs to the worker that started it. */
  readonly leaseUntil: Date;
  /** Who started it (service, host, process), and a mark of this start. */
  readonly worker: string;
  /** What a doubt about this attempt leads to, as its template said when it started. */
  readonly onUnknown: OnUnknown;
  readonly finishedAt?: Date;
  readonly outcome?: OutcomeKind;
  readonly counted?: boolean;
  readonly reason?: string;
  readonly errorCode?: string;
  readonly httpStatus?: number;
  readonly detail?: string;
  readonly durationMs?: number;
  readonly providerMessageId?: string;
  /** How many equal uncounted attempts this entry stands for; absent means one. */
  readonly times?: number;
}

/** How many of `maxAttempts` are used up. */
export function countedAttempts(attempts: readonly Attempt[]): number {
  return attempts.filter((attempt) => attempt.counted === true).length;
}
