import { type ReplayPace, type ReplaySelection } from '@earlybird/core';
import { failureGroupOf } from '../failure/failure-group-id.js';
import { type ReplayBody } from './replay.body.js';

/** Which messages a body chooses. */
export function selectionOf(body: ReplayBody): ReplaySelection {
  const { status = 'failed', from, to, group, phone } = body;
  const { cause = body.cause, messageType = body.message_type } =
    group === undefined ? {} : (failureGroupOf(group) ?? {});
  return {
    status,
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(messageType === undefined ? {} : { messageType }),
    ...(cause === undefined ? {} : { cause }),
    ...(phone === undefined ? {} : { phone }),
  };
}

/** Slow enough to be watched, a thousand in two minutes. */
const usualPerSecond = 10;
/** Of what failed once some fails again for good; a third is trouble. */
const usualMostFailed = 30;
/** Fewer say nothing. */
const usualLeastOutcomes = 20;

/** How fast it is to go, and when it stops. */
export function paceOf({ rate_per_second, max_failure_percent, min_outcomes }: ReplayBody): ReplayPace {
  return {
    ratePerSecond: rate_per_second ?? usualPerSecond,
    mostFailedPercent: max_failure_percent ?? usualMostFailed,
    leastOutcomes: min_outcomes ?? usualLeastOutcomes,
  };
}
