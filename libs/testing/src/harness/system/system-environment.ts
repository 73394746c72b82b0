import { eventPublishers } from '@earlybird/events';
import type { BrokerAccounts } from './broker-accounts.js';
import type { SystemPace } from './system-pace.js';

/** Everything by which the processes of one system find each other. */
export interface SystemAddresses {
  readonly accounts: BrokerAccounts;
  readonly mongoUrl: string;
  readonly journalFile: string;
  readonly ports: {
    readonly workers: readonly number[];
    readonly api: number;
    readonly apiMetrics: number;
    readonly storefront: number;
    readonly simulator: number;
    readonly simulatorAdmin: number;
  };
}

type Environment = Readonly<Record<string, string>>;

/** Secrets of a system that lives for seconds, on the loopback address. */
export const webhookKey = 'webhook-key-of-a-test';
export const tokenSecret = 'secret-of-tokens-in-tests-that-is-long-enough';

/** No file of the developer's may leak in; tests read logs at this level. */
const common: Environment = { ENV_FILE: 'none', LOG_LEVEL: 'info' };

/** The environment of worker number `index`. */
export function workerEnvironment(to: SystemAddresses, pace: SystemPace, index: number): Environment {
  return {
    ...common,
    ...deliveryEnvironment(pace),
    RABBITMQ_URL: to.accounts.url('svc-notifications-worker'),
    MONGO_URL: to.mongoUrl,
    WORKER_PORT: String(to.ports.workers[index]),
    ...trustedAliases(to.accounts),
    NOTIFICATION_SWEEP_INTERVAL_MS: String(pace.sweepIntervalMs),
    // Tests look into the dead-letter queues themselves; those that are about the walks through them set their own.
    NOTIFICATION_DEAD_LETTER_INTERVAL_MS: '3600000',
    // A number that is refused once may be written to again by the next event of a test.
    NOTIFICATION_UNREACHABLE_DAYS: '0',
    MYOPERATOR_BASE_URL: `http://127.0.0.1:${to.ports.simulator}`,
    MYOPERATOR_API_KEY: 'simulator-api-key',
    MYOPERATOR_API_SECRET: 'simulator-api-secret',
    MYOPERATOR_ACCOUNT_ID: 'simulator-account',
    MYOPERATOR_WHATSAPP_NUMBER: '+911234567890',
    MYOPERATOR_TIMEOUT_MS: String(pace.providerTimeoutMs),
    MYOPERATOR_CONNECT_TIMEOUT_MS: String(pace.providerConnectTimeoutMs),
    MYOPERATOR_PROBE_MIN_MS: String(pace.deferDelayMs),
    MYOPERATOR_PROBE_MAX_MS: String(4 * pace.deferDelayMs),
    // Many messages to few customers, as fast as they come: rates have tests of their own.
    MYOPERATOR_RATE_PER_SECOND: '5000',
    MYOPERATOR_RECIPIENT_BURST: '1000',
    MYOPERATOR_RECIPIENT_REFILL_MS: '1',
  };
}

/** The environment of the api. */
export function apiEnvironment(to: SystemAddresses, pace: SystemPace): Environment {
  return {
    ...common,
    ...deliveryEnvironment(pace),
    RABBITMQ_URL: to.accounts.url('svc-notifications-api'),
    MONGO_URL: to.mongoUrl,
    API_PORT: String(to.ports.api),
    API_METRICS_PORT: String(to.ports.apiMetrics),
    API_RATE_PER_MINUTE: '100000',
    JWT_SECRET: tokenSecret,
    WEBHOOK_API_KEY: webhookKey,
  };
}

/** The environment of the storefront. */
export function storefrontEnvironment(to: SystemAddresses): Environment {
  return {
    ...common,
    MONGO_URL: to.mongoUrl,
    STOREFRONT_PORT: String(to.ports.storefront),
    STOREFRONT_ORDER_RABBITMQ_URL: to.accounts.url('svc-order'),
    STOREFRONT_SUBSCRIPTION_RABBITMQ_URL: to.accounts.url('svc-subscription'),
    STOREFRONT_DELIVERY_RABBITMQ_URL: to.accounts.url('svc-delivery'),
    STOREFRONT_BILLING_RABBITMQ_URL: to.accounts.url('svc-billing'),
  };
}

/** The environment of the simulator. With `receipts` it reports to the api's webhook. */
export function simulatorEnvironment(to: SystemAddresses, pace: SystemPace, receipts: boolean): Environment {
  return {
    ...common,
    LOG_LEVEL: 'warn',
    SIMULATOR_PORT: String(to.ports.simulator),
    SIMULATOR_ADMIN_PORT: String(to.ports.simulatorAdmin),
    SIMULATOR_JOURNAL: to.journalFile,
    SIMULATOR_RECEIPT_DELAYS_MS: receipts ? pace.receiptDelaysMs.join(',') : 'none',
    ...(receipts && {
      SIMULATOR_WEBHOOK_URL: `http://127.0.0.1:${to.ports.api}/api/notifications/webhooks/myoperator`,
      SIMULATOR_WEBHOOK_API_KEY: webhookKey,
    }),
  };
}

function deliveryEnvironment(pace: SystemPace): Environment {
  return {
    NOTIFICATION_QUEUE_RETRY_ATTEMPTS: String(pace.maxAttempts),
    NOTIFICATION_QUEUE_RETRY_DELAY_MS: String(pace.retryDelayMs),
    NOTIFICATION_DEFER_DELAY_MS: String(pace.deferDelayMs),
    NOTIFICATION_SWEEP_QUEUED_GRACE_MS: String(pace.queuedGraceMs),
    NOTIFICATION_SWEEP_RETRYING_GRACE_MS: String(pace.retryingGraceMs),
    NOTIFICATION_SWEEP_SENDING_GRACE_MS: String(pace.sendingGraceMs),
  };
}

/** The worker knows the accounts of the platform by name; an alias has to be introduced. */
function trustedAliases({ user }: BrokerAccounts): Environment {
  const aliases = eventPublishers.map((publisher) => ({ publisher: publisher.user, alias: user(publisher.user) }));
  const foreign = aliases.filter(({ publisher, alias }) => publisher !== alias).map(({ alias }) => alias);
  return foreign.length === 0 ? {} : { NOTIFICATION_TRUSTED_PUBLISHERS: foreign.join(',') };
}
