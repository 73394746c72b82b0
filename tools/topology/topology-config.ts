import { delaysOf, ruledEventTypes } from '@earlybird/core';
import {
  configSchema,
  httpUrl,
  mongoUrl,
  rabbitmqUrl,
  secret,
  secretVariable,
  workerConfigSchema,
} from '@earlybird/ops';
import { type Topology, accountsOf, topologyOf } from '@earlybird/rabbitmq';
import { administratorName, passwordVariableOf } from './password-variable.js';

/** What `npm run topology` works on. */
export interface TopologyConfig {
  readonly topology: Topology;
  readonly vhost: string;
  /** The AMQP address, where one was given. */
  readonly rabbitmqUrl?: string;
  /** Only `doctor` asks it. */
  readonly mongoUrl?: string;
  /** Only `apply` and `doctor` need it. */
  readonly managementUrl?: string;
  /** By account; absent where none was given. */
  readonly passwords: Readonly<Record<string, string>>;
  /** Only for definitions that are loaded at boot. */
  readonly administrator?: { readonly name: string; readonly password: string };
}

/** RabbitMQ's management plugin lets nobody guess a password that is this long. */
const shortestPassword = 8;

/** The delays must be those of the worker, so they are read by its own rules. */
const {
  NOTIFICATION_QUEUE_RETRY_ATTEMPTS,
  NOTIFICATION_QUEUE_RETRY_DELAY_MINUTES,
  NOTIFICATION_QUEUE_RETRY_DELAY_MS,
  NOTIFICATION_QUEUE_RETRY_BACKOFF,
  NOTIFICATION_DEFER_DELAY_MS,
} = workerConfigSchema.variables;

const accountNames = accountsOf(topologyOf({ eventTypes: [], retryDelaysMs: [], deferDelayMs: 1_000 })).map(
  ({ name }) => name,
);

const passwordVariables = Object.fromEntries(
  [...accountNames, administratorName].map((name) => [
    passwordVariableOf(name),
    secretVariable(secret(shortestPassword).optional(), `The password of the RabbitMQ user ${name}.`, 'CHANGE-ME'),
  ]),
);

/** The environment of `npm run topology`: that of the worker, the management API, and the passwords of the accounts. */
export const topologyConfigSchema = configSchema({
  app: 'topology',
  variables: {
    RABBITMQ_URL: secretVariable(
      rabbitmqUrl().optional(),
      'Tells the vhost; the default vhost when absent. `rebuild` and `reroute` need it, with an administrator.',
      'amqp://ADMIN:PASSWORD@127.0.0.1:5672',
    ),
    RABBITMQ_MANAGEMENT_URL: secretVariable(
      httpUrl().optional(),
      'The management API with an administrator and the password.',
      'http://ADMIN:PASSWORD@127.0.0.1:15672',
    ),
    MONGO_URL: secretVariable(
      mongoUrl().optional(),
      'Where the doctor learns what waits and what has failed; without it that is left out.',
      'mongodb://USER:PASSWORD@127.0.0.1:27017/earlybird',
    ),
    NOTIFICATION_QUEUE_RETRY_ATTEMPTS,
    NOTIFICATION_QUEUE_RETRY_DELAY_MINUTES,
    NOTIFICATION_QUEUE_RETRY_DELAY_MS,
    NOTIFICATION_QUEUE_RETRY_BACKOFF,
    NOTIFICATION_DEFER_DELAY_MS,
    ...passwordVariables,
  },
  rules: [],
  slices: (values): TopologyConfig => {
    const retry = {
      maxAttempts: values.NOTIFICATION_QUEUE_RETRY_ATTEMPTS,
      delayMs: values.NOTIFICATION_QUEUE_RETRY_DELAY_MS ?? values.NOTIFICATION_QUEUE_RETRY_DELAY_MINUTES * 60_000,
      backoff: values.NOTIFICATION_QUEUE_RETRY_BACKOFF,
    };
    const given: Readonly<Record<string, unknown>> = values;
    const passwordOf = (name: string): string | undefined => {
      const password = given[passwordVariableOf(name)];
      return typeof password === 'string' ? password : undefined;
    };
    const passwords = accountNames.flatMap((name) => {
      const password = passwordOf(name);
      return password === undefined ? [] : [[name, password] as const];
    });
    const administrator = passwordOf(administratorName);
    return {
      topology: topologyOf({
        eventTypes: ruledEventTypes,
        retryDelaysMs: delaysOf(retry),
        deferDelayMs: values.NOTIFICATION_DEFER_DELAY_MS,
      }),
      vhost: vhostOf(values.RABBITMQ_URL),
      ...(values.RABBITMQ_URL === undefined ? {} : { rabbitmqUrl: values.RABBITMQ_URL }),
      ...(values.MONGO_URL === undefined ? {} : { mongoUrl: values.MONGO_URL }),
      ...(values.RABBITMQ_MANAGEMENT_URL === undefined ? {} : { managementUrl: values.RABBITMQ_MANAGEMENT_URL }),
      passwords: Object.fromEntries(passwords),
      ...(administrator === undefined ? {} : { administrator: { name: administratorName, password: administrator } }),
    };
  },
});

/** The path of an AMQP address without its slash; none means the default vhost. */
function vhostOf(url: string | undefined): string {
  const path = url === undefined ? '' : decodeURIComponent(new URL(url).pathname.slice(1));
  return path === '' ? '/' : path;
}
