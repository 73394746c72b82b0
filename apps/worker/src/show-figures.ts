import { isLostInfrastructure } from '@earlybird/core';
import { type MongoStores } from '@earlybird/mongodb';
import {
  type Log,
  type Metrics,
  openStatuses,
  refreshWhenScraped,
  showOpenNotifications,
  systemClock,
} from '@earlybird/ops';
import { type Broker, queueDepths, queues } from '@earlybird/rabbitmq';

/** What the figures are asked of. */
export interface FigureSources {
  readonly history: Pick<MongoStores['history'], 'countByStatus'>;
  readonly connection: Broker['connection'];
}

/** What lies in these is work for a person. */
const shownQueues = [queues.unrouted, queues.eventsDead, queues.dispatchDead, queues.receiptsDead];

/**
 * Has the gauges that cost a question refreshed before a scrape: open notifications from MongoDB, and the depths of the
 * queues in which work waits for a person from the broker. At rest, and unscraped, nothing is asked.
 */
export function showFigures(metrics: Metrics, { history, connection }: FigureSources, log: Log): void {
  const onError = (error: unknown): void => {
    // A lost server is told elsewhere; the next scrape asks again.
    if (!isLostInfrastructure(error)) log.event('round_failed', { context: 'figures', error });
  };
  const options = { clock: systemClock, onError };
  metrics.beforeExpose(
    refreshWhenScraped(async () => {
      showOpenNotifications(metrics, await history.countByStatus(openStatuses), systemClock.now());
    }, options),
  );
  metrics.beforeExpose(
    refreshWhenScraped(async () => {
      for (const [queue, depth] of await queueDepths(connection, shownQueues))
        metrics.set('broker_queue_depth', { queue }, depth);
    }, options),
  );
}
