import { failedPercent, type Replay, type ReplayFilter, type StatusCounts, sumOfFates } from '@earlybird/core';
import {
  type ReplayDetailView,
  type ReplayFilterView,
  type ReplayProgressView,
  type ReplayView,
} from './replay-view.js';

/** A replay, in the user's field names. */
export function replayViewOf(replay: Replay): ReplayView {
  const { pace } = replay;
  return {
    id: replay.id,
    state: replay.state,
    state_reason: replay.stateReason,
    filter: replayFilterViewOf(replay.filter),
    rate_per_second: pace.ratePerSecond,
    max_failure_percent: pace.mostFailedPercent,
    min_outcomes: pace.leastOutcomes,
    requested_by: replay.requestedBy,
    note: replay.note,
    progress: progressOf(replay),
    worker: replay.holder,
    created_at: replay.createdAt.toISOString(),
    started_at: replay.startedAt?.toISOString(),
    updated_at: replay.updatedAt.toISOString(),
    ended_at: replay.endedAt?.toISOString(),
    ended_by: replay.endedBy,
  };
}

/** A replay, and how the messages stand that it made. */
export function replayDetailOf(replay: Replay, statuses: StatusCounts): ReplayDetailView {
  return {
    ...replayViewOf(replay),
    outcomes: { by_status: statuses, failed_percent: oneDecimal(failedPercent(statuses)) },
  };
}

/** A filter, in the user's field names. */
export function replayFilterViewOf({ status, from, to, messageType, cause, phone }: ReplayFilter): ReplayFilterView {
  return { status, from: from.toISOString(), to: to.toISOString(), message_type: messageType, cause, phone };
}

function progressOf({ progress, pace, state }: Replay): ReplayProgressView | undefined {
  if (progress === undefined) return undefined;
  const { total, lookedAt, counts, place, seenPerSecond, waitingFor } = progress;
  const left = Math.max(0, total - lookedAt);
  // As many of the rest will be resent as of those before.
  const share = lookedAt === 0 ? 1 : counts.resent / lookedAt;
  const perSecond = seenPerSecond === undefined || seenPerSecond === 0 ? pace.ratePerSecond : seenPerSecond;
  return {
    total,
    looked_at: lookedAt,
    matched: sumOfFates(counts),
    percent: total === 0 ? 100 : oneDecimal(Math.min(100, (lookedAt / total) * 100)),
    counts,
    looked_up_to: place?.createdAt.toISOString(),
    resent_per_second: seenPerSecond,
    waiting_for: waitingFor,
    eta_seconds: state === 'running' ? Math.ceil((left * share) / perSecond) : undefined,
  };
}

function oneDecimal(value: number): number {
  return Math.round(value * 10) / 10;
}
