import { delaysOf, type Deeds, type FlowParts, purgeParked, releaseWaiting, replayParked } from '@earlybird/core';
import { type MongoStores } from '@earlybird/mongodb';
import { type WorkerConfig } from '@earlybird/ops';
import { RabbitmqParkedEnvelopes, RabbitmqRetryQueues } from '@earlybird/rabbitmq';
import { type Bell } from './bell.js';
import { type WorkerBroker } from './broker.js';
import { type Provider } from './provider.js';

/** What the deeds of a worker stand on. */
export interface DeedParts {
  readonly flow: FlowParts;
  readonly stores: MongoStores;
  readonly broker: WorkerBroker;
  readonly provider: Provider;
  /** Rings when replays are to be looked at now. */
  readonly replayBell: Bell;
  readonly isStopping: () => boolean;
}

/** What this worker does for each command. */
export function deedsOf(config: WorkerConfig, parts: DeedParts): Deeds {
  const { flow, stores, broker, provider, replayBell, isStopping } = parts;
  const { connection, publisher, consumerName: name } = broker.broker;
  const walking = { connection, publisher, name, isStopping };
  const retryQueues = new RabbitmqRetryQueues({
    ...walking,
    queue: broker.queue,
    retryDelaysMs: delaysOf(config.retry),
  });
  const parkedEnvelopes = new RabbitmqParkedEnvelopes(walking);
  const settling = { ...flow, parkedEvents: stores.parkedEvents, parkedEnvelopes };
  const release = releaseWaiting({ ...flow, gate: provider.gate, desk: stores.desk, retryQueues });
  const [replay, purge] = [replayParked(settling), purgeParked(settling)];
  return {
    release_waiting: ({ by }) => release(by),
    replay_parked: ({ command, by }) => replay(command.ids, by),
    purge_parked: ({ command, by }) => purge(command.ids, by),
    wake_replays: () => {
      replayBell.ring();
      return Promise.resolve({ kind: 'done', figures: {} });
    },
  };
}
