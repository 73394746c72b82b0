import { type DeliveryStatus } from '@earlybird/core';
import { type Metrics } from './metrics.js';

/** How many notifications stand in a status, and since when the oldest of them does. */
export interface StatusFigure {
  readonly status: DeliveryStatus;
  readonly count: number;
  readonly oldestAt?: Date;
}

/** Everything that is not final. The others are as many as the retention allows, and counting them is for reports. */
export const openStatuses = ['scheduled', 'queued', 'sending', 'retrying', 'unknown'] as const;

/** Sets the gauges of open notifications from what MongoDB counted; a status without a figure has none. */
export function showOpenNotifications(metrics: Metrics, figures: readonly StatusFigure[], now: Date): void {
  for (const status of openStatuses) {
    const figure = figures.find((candidate) => candidate.status === status);
    const oldest = figure?.oldestAt ?? now;
    metrics.set('notifications', { status }, figure?.count ?? 0);
    metrics.set('notification_oldest_seconds', { status }, Math.max(0, now.getTime() - oldest.getTime()) / 1_000);
  }
}
