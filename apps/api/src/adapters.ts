import { AppError, type DispatchPolicy } from '@earlybird/core';
import { type MongoStores } from '@earlybird/mongodb';
import { readWebhook } from '@earlybird/myoperator';
import { NunjucksRenderer } from '@earlybird/nunjucks';
import { type ApiConfig } from '@earlybird/ops';
import {
  type Broker,
  byInternalExchange,
  deferQueue,
  headersOfParked,
  laneQueue,
  queues,
  RabbitmqCommandQueue,
  RabbitmqDispatchQueue,
  RabbitmqReceiptQueue,
  retryQueue,
} from '@earlybird/rabbitmq';
import { type ApiParts, type QueueNames } from './api-parts.js';

/** What the process itself brings, whatever the adapters. */
type ProcessParts =
  'webhook' | 'immediateWaitMs' | 'isStopping' | 'clock' | 'reporter' | 'health' | 'metrics' | 'log' | 'spans';

/** The parts of the api that adapters fill: the one place that says which technology serves which port. */
export function adapters(config: ApiConfig, stores: MongoStores, { publisher }: Broker): Omit<ApiParts, ProcessParts> {
  const renderer = new NunjucksRenderer();
  const { deferDelayMs } = config.retry;
  return {
    ...stores,
    renderer,
    checker: renderer,
    queue: new RabbitmqDispatchQueue({ publisher, connection: noReader, route: byInternalExchange, deferDelayMs }),
    commandQueue: new RabbitmqCommandQueue({ publisher, route: byInternalExchange }),
    queueNames: queueNames(deferDelayMs),
    receiptQueue: new RabbitmqReceiptQueue({ publisher, route: byInternalExchange }),
    parkedHeaders: headersOfParked,
    readWebhook,
    policy: policyOf(config),
  };
}

/** The api's account may read nothing. */
const noReader = {
  withChannel: () => Promise.reject(new AppError('invariant_broken', 'the api reads no queue; ask the worker')),
};

function queueNames(deferDelayMs: number): QueueNames {
  return {
    dispatch: laneQueue,
    retry: (lane, delayMs) => retryQueue(laneQueue(lane), delayMs),
    defer: (lane) => deferQueue(laneQueue(lane), deferDelayMs),
    parked: queues.dispatchDead,
  };
}

/** The api starts no attempt and suppresses no number: leases and suppression are the worker's. */
function policyOf({ retry, sweepGrace }: ApiConfig): DispatchPolicy {
  return { retry, deferDelayMs: retry.deferDelayMs, graces: sweepGrace, leaseMs: 0, suppressNumberMs: 0 };
}
