import { type Clock, type DayCounts, dayOf, type PeriodCounts, type StatisticsBook, sumCounts } from '@earlybird/core';
import { type MemoryLog, turn } from './memory-log.js';

/** Counts of the notifications in memory. */
export class MemoryStatistics implements StatisticsBook {
  constructor(
    private readonly log: MemoryLog,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  async countSince(from: Date): Promise<PeriodCounts> {
    await turn();
    const days = new Map<string, DayCounts>();
    for (const { createdAt, messageType, status } of this.log.filter((one) => one.createdAt >= from)) {
      const day = dayOf(createdAt);
      const { byType }: DayCounts = days.get(day) ?? { day, byType: {} };
      const counts = sumCounts([byType[messageType] ?? {}, { [status]: 1 }]);
      days.set(day, { day, byType: { ...byType, [messageType]: counts } });
    }
    const inOrder = [...days.values()].sort((left, right) => (left.day < right.day ? -1 : 1));
    return { asOf: this.clock.now(), days: inOrder };
  }
}
