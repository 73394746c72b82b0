import {
  type ApiConfig,
  type GracefulStop,
  Health,
  type Log,
  LogReporter,
  MetricReporter,
  Metrics,
  openSpans,
  reportToAll,
  SpanReporter,
  startOperationsServer,
  systemClock,
} from '@earlybird/ops';
import { clientThrottler } from './access/client-throttler.guard.js';
import { adapters } from './adapters.js';
import { openBroker } from './broker.js';
import { createApp } from './create-app.js';
import { openDatabase } from './database.js';
import { type ApiParts } from './api-parts.js';

/**
 * Brings the api up. It listens before its servers are there, so that everybody who asks is told what is missing, and a
 * receipt is taken as soon as the broker is. A stop goes the other way round: no new requests, then the connections.
 */
export async function startApi(config: ApiConfig, log: Log, stop: GracefulStop): Promise<void> {
  // First, so that it stops last: what the stop itself does is still sent.
  const spans = await openSpans(config.tracing, { service: 'notifications-api', log, stop });
  const metrics = new Metrics('api');
  const health = new Health(metrics);
  const operations = await startOperationsServer(config.operations, { health, metrics });
  stop.onStop('health and metrics', () => operations.close());
  log.event('listening', { context: 'health and metrics', address: `${config.operations.host}:${operations.port}` });

  const database = openDatabase(config, log, health, stop);
  const broker = openBroker(config, log, metrics, health, stop);
  await listen(
    {
      ...adapters(config, database.stores, broker),
      webhook: config.webhook,
      immediateWaitMs: config.immediate.waitMs,
      isStopping: () => stop.isStopping,
      clock: systemClock,
      reporter: reportToAll(new LogReporter(log), new MetricReporter(metrics), new SpanReporter(spans)),
      health,
      metrics,
      log,
      spans,
    },
    config,
    stop,
  );
  await Promise.all([database.reach(), broker.whenReady()]);
}

async function listen(parts: ApiParts, config: ApiConfig, stop: GracefulStop): Promise<void> {
  // Before the app is made: servers that are faster than it must not make the process ready.
  const accepting = parts.health.addSwitch('requests');
  const rateLimit = await clientThrottler(config.http.ratePerMinute);
  const app = await createApp(parts, config, rateLimit.guard);
  stop.onStop('requests', async () => {
    accepting.down('stopping');
    await app.close();
    rateLimit.close();
  });
  await app.listen(config.http.port, config.http.host);
  accepting.up();
  parts.log.event('listening', { context: 'api', address: await app.getUrl() });
}
