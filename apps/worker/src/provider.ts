import { type Clock, type DispatchPolicy, type MessageSender, BreakerGate, LeasedRate } from '@earlybird/core';
import { type MongoConnection, MongoProviderStateStore } from '@earlybird/mongodb';
import { createMyOperator, type MyOperator } from '@earlybird/myoperator';
import { type GracefulStop, type Metrics, type WorkerConfig } from '@earlybird/ops';

/** The provider as a worker uses it: who sends, whether anything may leave, and how fast. */
export interface Provider {
  readonly sender: MessageSender;
  readonly gate: BreakerGate;
  readonly permits: LeasedRate;
  readonly probe: MyOperator['probe'];
}

/** What the provider is reached with and shared by. */
export interface ProviderSurroundings {
  readonly database: MongoConnection;
  readonly clock: Clock;
  readonly worker: string;
  readonly policy: DispatchPolicy;
  readonly metrics: Metrics;
  readonly stop: GracefulStop;
}

/** Both lanes at once, so that no send waits for a connection while its lease runs. */
const socketsFor = ({ channels, prefetch }: WorkerConfig['consume']): number => 2 * channels * prefetch;

/** Beyond the lease of an attempt: how long the one that tries may wait for its turn and the database before it starts. */
const claimMarginMs = 10_000;

/** Puts the provider together; nothing is sent yet. */
export function openProvider(config: WorkerConfig, surroundings: ProviderSurroundings): Provider {
  const { database, clock, worker, policy, metrics, stop } = surroundings;
  const { contract, probe: backOff, ratePerSecond, recipientRate } = config.myoperator;
  const myoperator = createMyOperator({ ...config.myoperator, sockets: socketsFor(config.consume) });
  stop.onStop('provider', () => myoperator.close());
  const store = new MongoProviderStateStore(database, contract.sender);
  const onShare = (share: number): void => metrics.set('provider_rate_share', {}, share);
  return {
    sender: myoperator.sender,
    probe: myoperator.probe,
    gate: new BreakerGate({ store: store.breaker, clock, worker, backOff, claimMs: policy.leaseMs + claimMarginMs }),
    permits: new LeasedRate({ store: store.rate, clock, worker, ratePerSecond, recipientRate, onShare }),
  };
}
