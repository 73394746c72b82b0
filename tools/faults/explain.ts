import type { Attempt } from '@earlybird/core';
import type { Evidence } from './evidence.js';
import type { FaultName } from './fault-request.js';

/** Which doubts a run has caused itself. */
export interface Explained {
  /** How many attempts were open at the instant of a kill: of each of them nobody may know whether it arrived. */
  readonly openAtKills: number;
  readonly isOpenAtKill: (attempt: Pick<Attempt, 'startedAt' | 'finishedAt'>) => boolean;
}

/**
 * A worker writes the start of an attempt before it sends, and its end after the answer; both writes take a moment, more of it
 * on a busy machine.
 */
const writeMs = 250;

/** The others leave the request and its record alone: a doubt after one of them is a fault of ours. */
const causesDoubt: readonly FaultName[] = ['worker', 'workers', 'database', 'outage', 'simulator'];

/** Finds the attempts that a kill has caught: started before its end, and not finished before its beginning. */
export function explain({ strikes, notifications }: Pick<Evidence, 'strikes' | 'notifications'>): Explained {
  const doubtful = strikes.filter(({ fault }) => causesDoubt.includes(fault));
  const isOpenAtKill: Explained['isOpenAtKill'] = ({ startedAt, finishedAt }) =>
    doubtful.some(
      ({ from, until }) =>
        startedAt.getTime() <= until + writeMs && (finishedAt === undefined || finishedAt.getTime() >= from - writeMs),
    );
  const attempts = notifications.flatMap((notification) => notification.attempts);
  return { openAtKills: attempts.filter(isOpenAtKill).length, isOpenAtKill };
}
