import { type FlowParts, isLostInfrastructure, tendDeadLetters } from '@earlybird/core';
import { type MongoStores } from '@earlybird/mongodb';
import { type GracefulStop, type Log, repeatEvery, type WorkerConfig } from '@earlybird/ops';
import { RabbitmqDeadLetterQueues } from '@earlybird/rabbitmq';
import { type WorkerBroker } from './broker.js';

/** What tending the dead-letter queues stands on. */
export interface TendingParts {
  readonly flow: FlowParts;
  readonly stores: MongoStores;
  readonly broker: WorkerBroker;
  readonly log: Log;
  readonly stop: GracefulStop;
}

/** Tends the dead-letter queues at the start and again and again: one worker at a time, whichever comes first. */
export function startTending(
  { deadLetters: { intervalMs } }: WorkerConfig,
  { flow, stores, broker, log, stop }: TendingParts,
): void {
  const { connection, publisher, consumerName: name } = broker.broker;
  const isStopping = (): boolean => stop.isStopping;
  const deadLetters = new RabbitmqDeadLetterQueues({ connection, publisher, name, isStopping });
  const once = tendDeadLetters({ ...stores, ...flow, deadLetters });
  const tending = repeatEvery(
    intervalMs,
    async () => void (await once()),
    // A lost server is simply the next round's work.
    (error) =>
      isLostInfrastructure(error) ? undefined : log.event('round_failed', { context: 'dead letters', error }),
  );
  stop.onStop('dead letters', () => tending.stop());
}
