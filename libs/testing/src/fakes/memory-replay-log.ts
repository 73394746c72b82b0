import type {
  CandidateFilter,
  DeliveryStatus,
  Notification,
  ReplayLog,
  ReplayPlace,
  StatusCounts,
} from '@earlybird/core';
import { type MemoryLog, turn } from './memory-log.js';

/** The notifications in memory as a replay sees them. */
export class MemoryReplayLog implements ReplayLog {
  constructor(private readonly log: MemoryLog) {}

  async candidates(
    filter: CandidateFilter,
    after: ReplayPlace | undefined,
    limit: number,
  ): Promise<readonly ReplayPlace[]> {
    await turn();
    return this.log
      .filter((one) => isCandidate(one, filter) && (after === undefined || compare(one, after) > 0))
      .sort(compare)
      .slice(0, limit)
      .map(({ id, createdAt }) => ({ id, createdAt }));
  }

  async countCandidates(filter: CandidateFilter): Promise<number> {
    await turn();
    return this.log.filter((one) => isCandidate(one, filter)).length;
  }

  async statusesOf(replayId: string): Promise<StatusCounts> {
    await turn();
    return counted(this.log.filter(({ replay }) => replay === replayId));
  }

  async latestOf(replayId: string, statuses: readonly DeliveryStatus[], most: number): Promise<StatusCounts> {
    await turn();
    const found = this.log.filter(({ replay, status }) => replay === replayId && statuses.includes(status));
    return counted(found.sort((left, right) => compare(right, left)).slice(0, most));
  }
}

function isCandidate(
  { createdAt, statusTimes, messageType, recipient }: Notification,
  filter: CandidateFilter,
): boolean {
  return (
    statusTimes[filter.status] !== undefined &&
    createdAt >= filter.from &&
    createdAt < filter.to &&
    (filter.messageType === undefined || filter.messageType === messageType) &&
    (filter.phone === undefined || filter.phone === recipient.phone)
  );
}

function compare(left: ReplayPlace, right: ReplayPlace): number {
  return left.createdAt.getTime() - right.createdAt.getTime() || (left.id < right.id ? -1 : Number(left.id > right.id));
}

function counted(notifications: readonly Notification[]): StatusCounts {
  const counts: Partial<Record<DeliveryStatus, number>> = {};
  for (const { status } of notifications) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}
