import { configSchema } from './config-schema.js';
import { port } from './kinds.js';
import { consumeSlice, type ConsumeConfig } from './slices/consume-slice.js';
import { deliverySlices, type DeliveryConfig } from './slices/delivery-slices.js';
import { type MyOperatorConfig, myOperatorRules, myOperatorSlice } from './slices/myoperator-slice.js';
import { type ListenConfig, type ProcessConfig, processSlices } from './slices/process-slices.js';
import { type TracingConfig, tracingSlice } from './slices/tracing-slice.js';
import { variable } from './variable.js';
import { deliveryVariables } from './variables/delivery-variables.js';
import { dispatchVariables } from './variables/dispatch-variables.js';
import { myOperatorVariables } from './variables/myoperator-variables.js';
import { processVariables } from './variables/process-variables.js';
import { mongodbVariables, rabbitmqVariables } from './variables/server-variables.js';
import { tracingVariables } from './variables/tracing-variables.js';

/** The worker's configuration: frozen, each part gets its slice. */
export interface WorkerConfig extends ProcessConfig, DeliveryConfig {
  /** Health and metrics. */
  readonly operations: ListenConfig;
  /** Undefined: there are no spans. */
  readonly tracing: TracingConfig | undefined;
  readonly rabbitmq: { readonly url: string };
  readonly mongodb: { readonly url: string };
  readonly consume: ConsumeConfig;
  readonly sweep: { readonly intervalMs: number };
  /** Of the walks through the dead-letter queues. */
  readonly deadLetters: { readonly intervalMs: number };
  readonly replay: { readonly intervalMs: number; readonly leaseMs: number };
  readonly myoperator: MyOperatorConfig;
  /** 0: a number is never held to be unreachable. */
  readonly unreachableDays: number;
  /** RabbitMQ users that may speak for every service. */
  readonly trustedPublishers: readonly string[];
}

/** What the worker takes from its environment. */
export const workerConfigSchema = configSchema({
  app: 'worker',
  variables: {
    ...rabbitmqVariables,
    ...mongodbVariables,
    ...processVariables,
    WORKER_PORT: variable(port().default(3001), "The port of the worker's health and metrics.", '3001'),
    ...dispatchVariables,
    ...deliveryVariables,
    ...myOperatorVariables,
    ...tracingVariables,
  },
  rules: [...myOperatorRules],
  slices: (values): WorkerConfig => ({
    ...processSlices(values),
    ...deliverySlices(values),
    tracing: tracingSlice(values),
    operations: { host: values.HOST, port: values.WORKER_PORT },
    rabbitmq: { url: values.RABBITMQ_URL },
    mongodb: { url: values.MONGO_URL },
    consume: consumeSlice(values.NOTIFICATION_CONCURRENCY),
    sweep: { intervalMs: values.NOTIFICATION_SWEEP_INTERVAL_MS },
    deadLetters: { intervalMs: values.NOTIFICATION_DEAD_LETTER_INTERVAL_MS },
    replay: { intervalMs: values.NOTIFICATION_REPLAY_INTERVAL_MS, leaseMs: values.NOTIFICATION_REPLAY_LEASE_MS },
    myoperator: myOperatorSlice(values),
    unreachableDays: values.NOTIFICATION_UNREACHABLE_DAYS,
    trustedPublishers: values.NOTIFICATION_TRUSTED_PUBLISHERS,
  }),
});
