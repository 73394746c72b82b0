import { type ApiConfig, type GracefulStop, type Health, type Log, type Metrics } from '@earlybird/ops';
import { Broker, checkTopology, exchanges, type RabbitmqNews } from '@earlybird/rabbitmq';

/** Connects in the background, looks for the one exchange that the api writes to, and keeps readiness, log and metrics told. */
export function openBroker(config: ApiConfig, log: Log, metrics: Metrics, health: Health, stop: GracefulStop): Broker {
  const report = (news: RabbitmqNews) => tell(news, log, metrics);
  const broker = new Broker({
    url: config.rabbitmq.url,
    service: 'notifications-api',
    prepare: (connection) => checkTopology(connection, { exchanges: [exchanges.internal] }),
    observer: { report },
    meter: { published: (result) => metrics.count('broker_publishes_total', { result }) },
  });
  health.addReadyCheck('rabbitmq', () => broker.verdict);
  stop.onStop('broker', () => broker.close());
  return broker;
}

function tell(news: RabbitmqNews, log: Log, metrics: Metrics): void {
  // Each kind is a log event of the same name with the same fields; the compiler cannot tie the two unions together.
  log.event(news.kind, news as never);
  if (news.kind === 'connection_restored') metrics.count('broker_reconnects_total', { purpose: news.context });
}
