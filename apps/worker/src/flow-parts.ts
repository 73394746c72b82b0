import { hostname } from 'node:os';
import type { Clock, DispatchPolicy, DispatchQueue, FlowParts, Reporter } from '@earlybird/core';
import { type MongoStores } from '@earlybird/mongodb';
import { judgeFailedReceipt } from '@earlybird/myoperator';
import { NunjucksRenderer } from '@earlybird/nunjucks';
import { type WorkerConfig } from '@earlybird/ops';
import { type Provider } from './provider.js';

/** What differs from process to process; everything else follows from configuration and stores. */
export interface Surroundings {
  readonly stores: MongoStores;
  readonly queue: DispatchQueue;
  readonly provider: Pick<Provider, 'sender' | 'gate' | 'permits'>;
  readonly clock: Clock;
  readonly reporter: Reporter;
}

/** The parts that the use cases stand on, in a worker. */
export function flowPartsOf(
  config: WorkerConfig,
  { stores, queue, provider, clock, reporter }: Surroundings,
): FlowParts {
  const { notifications, receipts, settings, templates } = stores;
  return {
    notifications,
    receipts,
    judgeFailure: judgeFailedReceipt,
    settings,
    templates,
    renderer: new NunjucksRenderer(),
    queue,
    sender: provider.sender,
    gate: provider.gate,
    permits: provider.permits,
    policy: policyOf(config),
    clock,
    reporter,
    worker: workerName(),
  };
}

/** Unique among all workers: the lease of an attempt names it. */
export function workerName(): string {
  return `worker@${hostname()}/${process.pid}`;
}

/** Beyond the time limits of one request: what a busy process needs to write the answer down (architecture.md, lease). */
const leaseMarginMs = 5_000;
const dayMs = 24 * 3_600_000;

/** The numbers of dispatching, from the configuration. */
export function policyOf({ retry, sweepGrace, myoperator, unreachableDays }: WorkerConfig): DispatchPolicy {
  return {
    retry,
    leaseMs: myoperator.connectTimeoutMs + myoperator.timeoutMs + leaseMarginMs,
    deferDelayMs: retry.deferDelayMs,
    graces: sweepGrace,
    suppressNumberMs: unreachableDays * dayMs,
  };
}
