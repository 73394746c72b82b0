import { AppError, delaysOf, ruledEventTypes } from '@earlybird/core';
import { type GracefulStop, type Health, type Log, type Metrics, repeatEvery, type WorkerConfig } from '@earlybird/ops';
import {
  Broker,
  declareTopology,
  RabbitmqDispatchQueue,
  type RabbitmqMeter,
  type RabbitmqObserver,
  byQueueName,
  topologyOf,
  TopologyWatch,
} from '@earlybird/rabbitmq';
import { meterBroker, observeBroker } from './observe-broker.js';

/** The broker as a worker uses it: both connections, and the dispatch lanes on them. */
export interface WorkerBroker {
  readonly broker: Broker;
  readonly observer: RabbitmqObserver;
  readonly meter: RabbitmqMeter;
  readonly queue: RabbitmqDispatchQueue;
}

/** Connects in the background, declares what is the worker's own on every fresh connection, and keeps readiness told. */
export function openBroker(
  config: WorkerConfig,
  log: Log,
  metrics: Metrics,
  health: Health,
  stop: GracefulStop,
): WorkerBroker {
  const { deferDelayMs } = config.retry;
  const topology = topologyOf({ eventTypes: ruledEventTypes, retryDelaysMs: delaysOf(config.retry), deferDelayMs });
  const observer = observeBroker(log, metrics);
  const meter = meterBroker(metrics);
  const broker = new Broker({
    url: config.rabbitmq.url,
    service: 'notifications-worker',
    prepare: (connection) => declareTopology(connection, topology),
    observer,
    meter,
  });
  health.addReadyCheck('rabbitmq', () => broker.verdict);
  stop.onStop('broker', () => broker.close());
  watchTopology(new TopologyWatch({ connection: broker.connection, topology, observer }), log, health, stop);
  const { publisher, connection } = broker;
  return {
    broker,
    observer,
    meter,
    queue: new RabbitmqDispatchQueue({ publisher, connection, route: byQueueName, deferDelayMs }),
  };
}

/** Some 50 questions a minute, answered in 20 ms: nothing beside the work, and nobody looks more often himself. */
const lookEveryMs = 60_000;

function watchTopology(watch: TopologyWatch, log: Log, health: Health, stop: GracefulStop): void {
  const looking = repeatEvery(
    lookEveryMs,
    () => watch.look(),
    (error) => log.event('round_failed', { context: 'topology watch', error }),
  );
  health.addReadyCheck('topology', () => watch.verdict);
  stop.onStop('topology watch', () => looking.stop());
}

/** Waits until envelopes can flow. Throws AppError `broker_unavailable` when the process stops meanwhile. */
export async function whenReady(broker: Broker): Promise<void> {
  if (!(await broker.whenReady())) throw new AppError('broker_unavailable', 'stopped while waiting for RabbitMQ');
}
