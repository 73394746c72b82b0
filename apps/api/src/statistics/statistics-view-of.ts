import {
  figuresOf,
  messageTypeNames,
  type PeriodCounts,
  type StatusCounts,
  statusesBeside,
  sumCounts,
} from '@earlybird/core';
import { type FiguresView, type StatisticsView } from './statistics-view.js';

/** The figures of a time in the user's field names: as a whole, per type and per day. */
export function statisticsViewOf({ asOf, days }: PeriodCounts, from: Date, periodDays: number): StatisticsView {
  const total = sumCounts(days.flatMap(({ byType }) => Object.values(byType)));
  return {
    ...figuresViewOf(total),
    period_days: periodDays,
    as_of: asOf.toISOString(),
    from: from.toISOString(),
    beside: Object.fromEntries(statusesBeside.map((status) => [status, total[status] ?? 0])),
    by_type: messageTypeNames.flatMap((type) => {
      const counts = days.flatMap(({ byType }) => byType[type] ?? []);
      return counts.length === 0 ? [] : [{ message_type: type, ...figuresViewOf(sumCounts(counts)) }];
    }),
    by_day: days.map(({ day, byType }) => ({ day, ...figuresViewOf(sumCounts(Object.values(byType))) })),
  };
}

function figuresViewOf(counts: StatusCounts): FiguresView {
  const figures = figuresOf(counts);
  return {
    total_sent: figures.totalSent,
    total_delivered: figures.totalDelivered,
    total_failed: figures.totalFailed,
    total_read: figures.totalRead,
    success_rate: figures.successRate,
    delivery_rate: figures.deliveryRate,
  };
}
