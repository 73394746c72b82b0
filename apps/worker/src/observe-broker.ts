import { type Log, type Metrics } from '@earlybird/ops';
import { queues, type RabbitmqMeter, type RabbitmqNews, type RabbitmqObserver } from '@earlybird/rabbitmq';

/** Writes what happens between us and the broker into log and metrics. */
export function observeBroker(log: Log, metrics: Metrics): RabbitmqObserver {
  return {
    report(news) {
      write(log, news);
      measure(metrics, news);
    },
  };
}

/** Where an envelope can be given up. */
const consumed = [queues.events, queues.dispatch, queues.dispatchBulk, queues.receipts, queues.commands];

/** Counts what is published and settled. */
export function meterBroker(metrics: Metrics): RabbitmqMeter {
  // There from the start, as every series that an alert watches (`known` in the definitions, which know no queue).
  for (const queue of consumed) metrics.count('notification_poison_total', { queue }, 0);
  return {
    published: (result) => metrics.count('broker_publishes_total', { result }),
    settled: (queue, settled) => metrics.count('broker_envelopes_total', { queue, settled }),
  };
}

function write(log: Log, news: RabbitmqNews): void {
  // Each kind is a log event of the same name with the same fields; the compiler cannot tie the two unions together.
  log.event(news.kind, news as never);
}

function measure(metrics: Metrics, news: RabbitmqNews): void {
  switch (news.kind) {
    case 'connection_restored':
      return metrics.count('broker_reconnects_total', { purpose: news.context });
    case 'consuming_started':
    case 'consuming_resumed':
      return metrics.set('broker_consuming', { queue: news.queue }, 1);
    case 'consuming_paused':
      return metrics.set('broker_consuming', { queue: news.queue }, 0);
    case 'waiting_for_server':
    case 'server_reached':
    case 'connection_lost':
    case 'broker_blocked':
    case 'broker_unblocked':
    case 'topology_wrong':
    case 'consumer_attached_again':
    case 'envelope_failed':
    case 'envelope_unreadable':
      return;
  }
}
