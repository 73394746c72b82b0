import { setMaxListeners } from 'node:events';
import {
  acceptEvent,
  carryOut,
  checkRules,
  type Deeds,
  dispatchNotification,
  type FlowParts,
  isLostInfrastructure,
  recordReceipt,
  rules,
  sweep,
} from '@earlybird/core';
import { eventCatalogue } from '@earlybird/events';
import {
  type GracefulStop,
  Health,
  type Log,
  LogReporter,
  MetricReporter,
  Metrics,
  NestLogger,
  openSpans,
  repeatEvery,
  reportToAll,
  SpanReporter,
  startOperationsServer,
  type WorkerConfig,
} from '@earlybird/ops';
import { RabbitmqEventQueue } from '@earlybird/rabbitmq';
import { NestFactory } from '@nestjs/core';
import { Bell } from './bell.js';
import { openBroker, whenReady, type WorkerBroker } from './broker.js';
import { type Database, openDatabase } from './database.js';
import { deedsOf } from './deeds.js';
import { endingClock } from './ending-clock.js';
import { flowPartsOf, policyOf, workerName } from './flow-parts.js';
import { openProvider, type Provider } from './provider.js';
import { ReplayRunner } from './replay-runner.js';
import { ProviderWatch } from './provider-watch.js';
import { showFigures } from './show-figures.js';
import { type SpansAround, spansAround } from './spans-around.js';
import { startTending } from './start-tending.js';
import { type Servers, serversOf } from './transports.js';
import { WorkerModule, type WorkerParts } from './worker.module.js';

/** Who is told how the worker fares. */
interface Tellers {
  readonly log: Log;
  readonly metrics: Metrics;
  readonly health: Health;
  readonly stop: GracefulStop;
}

/** What is kept back of the stop's deadline to write down which answers could not be stored. */
const farewellMs = 1_000;

/**
 * Brings a worker up: health → database → broker → consumers → sweeper. Whatever starts registers how it stops, so that a
 * stop goes the other way round: nothing new comes, what is in hand is finished, then the connections close.
 */
export async function startWorker(config: WorkerConfig, log: Log, stop: GracefulStop): Promise<void> {
  checkRules(eventCatalogue);
  // First, so that it stops last: what the stop itself does is still sent.
  const spans = await openSpans(config.tracing, { service: 'notifications-worker', log, stop });
  const around = spansAround(spans);
  const metrics = new Metrics('worker');
  const health = new Health(metrics);
  const operations = await startOperationsServer(config.operations, { health, metrics });
  stop.onStop('health and metrics', () => operations.close());
  log.event('listening', { context: 'health and metrics', address: `${config.operations.host}:${operations.port}` });
  const database = await openDatabase(config, log, health, stop);
  const ending = new AbortController();
  // As many steps listen as wait for a server: no leak, and no warning of one in the operator's log.
  setMaxListeners(0, ending.signal);
  const clock = endingClock(ending.signal);
  const own = { database: database.connection, clock, worker: workerName(), policy: policyOf(config) };
  const provider = openProvider(config, { ...own, metrics, stop });
  const broker = openBroker(config, log, metrics, health, stop);
  showFigures(metrics, { history: database.stores.history, connection: broker.broker.connection }, log);
  await whenReady(broker.broker);

  const parts = flowPartsOf(config, {
    stores: database.stores,
    queue: broker.queue,
    provider: { ...provider, sender: around.send(provider.sender) },
    clock,
    reporter: reportToAll(new LogReporter(log), new MetricReporter(metrics), new SpanReporter(spans)),
  });
  const servers = serversOf(broker, database.connection, config.consume);
  await watchProvider(config, provider, servers, { log, metrics, health, stop });
  const isStopping = (): boolean => stop.isStopping;
  const replayBell = new Bell();
  const deeds = deedsOf(config, { flow: parts, ...database, broker, provider, replayBell, isStopping });
  await consume(log, health, stop, workerParts(around, parts, deeds, database, broker, log, config), servers);
  startSweeping(parts, config, log, stop);
  startTending(config, { flow: parts, ...database, broker, log, stop });
  runReplays(parts, database, replayBell, config, log, stop);
  // The first step of a stop, because the last to be registered: whoever waits for the database is woken in time to say so.
  stop.onStop('deadline', () => void setTimeout(() => ending.abort(), config.stop.deadlineMs - farewellMs).unref());
}

function workerParts(
  around: SpansAround,
  parts: FlowParts,
  deeds: Deeds,
  { stores }: Database,
  { broker }: WorkerBroker,
  log: Log,
  config: WorkerConfig,
): WorkerParts {
  const register = { catalogue: eventCatalogue, trusted: config.trustedPublishers };
  return {
    events: {
      accept: around.accept(acceptEvent({ ...parts, register, rules })),
      queue: new RabbitmqEventQueue({ publisher: broker.publisher }),
      parkedEvents: stores.parkedEvents,
      publisherBook: stores.publisherBook,
      log,
    },
    dispatch: { dispatch: around.dispatch(dispatchNotification(parts)) },
    receipts: { record: around.record(recordReceipt(parts)) },
    commands: { carryOut: around.command(carryOut({ ...parts, commandDesk: stores.commandDesk, deeds })) },
  };
}

/** Before anything is consumed: a restart in the middle of an outage sends nothing. */
async function watchProvider(
  config: WorkerConfig,
  provider: Provider,
  { dispatch, dispatchBulk }: Servers,
  { log, metrics, health, stop }: Tellers,
): Promise<void> {
  const lanes = [dispatch, dispatchBulk];
  const watch = new ProviderWatch({ provider, lanes, probes: config.myoperator.probe.enabled, log, metrics });
  health.addReadyCheck('provider', () => watch.verdict);
  stop.onStop('provider watch', () => watch.stop());
  await watch.start();
}

async function consume(
  log: Log,
  health: Health,
  stop: GracefulStop,
  parts: WorkerParts,
  servers: Servers,
): Promise<void> {
  const app = await NestFactory.create(WorkerModule.for(parts), { logger: new NestLogger(log), abortOnError: false });
  for (const [name, server] of Object.entries(servers)) {
    app.connectMicroservice({ strategy: server });
    health.addReadyCheck(`consuming ${name}`, () => server.verdict);
  }
  stop.onStop('consumers', () => app.close());
  await app.startAllMicroservices();
}

function startSweeping(parts: FlowParts, config: WorkerConfig, log: Log, stop: GracefulStop): void {
  const once = sweep(parts);
  const sweeping = repeatEvery(
    config.sweep.intervalMs,
    async () => void (await once()),
    // A lost server is simply the next round's work.
    (error) => (isLostInfrastructure(error) ? undefined : log.event('round_failed', { context: 'sweeper', error })),
  );
  stop.onStop('sweeper', () => sweeping.stop());
}

function runReplays(
  parts: FlowParts,
  { stores }: Database,
  bell: Bell,
  { replay }: WorkerConfig,
  log: Log,
  stop: GracefulStop,
): void {
  const { desk, replays, replayLog } = stores;
  const { intervalMs, leaseMs: replayLeaseMs } = replay;
  const runner = new ReplayRunner({ ...parts, desk, replays, replayLog, replayLeaseMs, bell, intervalMs, log });
  stop.onStop('replays', () => runner.stop());
}
