import {
  apiConfigSchema,
  type ConfigSchema,
  type Environment,
  simulatorConfigSchema,
  storefrontConfigSchema,
  type Variables,
  workerConfigSchema,
} from '@earlybird/ops';
import { type PreparedBroker } from './broker-accounts.js';
import { type Ports } from './ports.js';
import { setting } from './settings.js';

export type AppName = 'myoperator-simulator' | 'worker' | 'api' | 'storefront';

export interface AppSurroundings {
  readonly settings: Environment;
  readonly ports: Ports;
  readonly broker: PreparedBroker;
  readonly mongoUrl: string;
}

/**
 * The whole environment of each app: the user's settings as far as the app's schema knows them, and over them what `npm start`
 * decided. No app sees the secrets of another.
 */
export function appEnvironments(surroundings: AppSurroundings): Readonly<Record<AppName, NodeJS.ProcessEnv>> {
  const { settings, ports, broker, mongoUrl } = surroundings;
  const portsAsText = Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, String(port)]));
  const environment = (schema: ConfigSchema<Variables, unknown>, decided: Environment): NodeJS.ProcessEnv => ({
    ...only(Object.keys(schema.variables), { ...settings, ...portsAsText, ...decided }),
    PATH: process.env['PATH'],
    TZ: process.env['TZ'],
    // Everything is given here: the file would bring in the secrets of the others.
    ENV_FILE: 'none',
  });
  return {
    'myoperator-simulator': environment(simulatorConfigSchema, simulatorSettings(surroundings)),
    worker: environment(workerConfigSchema, {
      RABBITMQ_URL: broker.urlOf('svc-notifications-worker'),
      MONGO_URL: mongoUrl,
      ...(broker.sharedUser !== undefined && { NOTIFICATION_TRUSTED_PUBLISHERS: broker.sharedUser }),
      ...providerSettings(surroundings),
    }),
    api: environment(apiConfigSchema, { RABBITMQ_URL: broker.urlOf('svc-notifications-api'), MONGO_URL: mongoUrl }),
    storefront: environment(storefrontConfigSchema, {
      MONGO_URL: mongoUrl,
      STOREFRONT_ORDER_RABBITMQ_URL: broker.urlOf('svc-order'),
      STOREFRONT_SUBSCRIPTION_RABBITMQ_URL: broker.urlOf('svc-subscription'),
      STOREFRONT_DELIVERY_RABBITMQ_URL: broker.urlOf('svc-delivery'),
      STOREFRONT_BILLING_RABBITMQ_URL: broker.urlOf('svc-billing'),
    }),
  };
}

/** Whether messages go to the simulator. Only an address that is set on purpose leads to real customers. */
export function usesSimulator(settings: Environment): boolean {
  return settings['MYOPERATOR_BASE_URL'] === undefined;
}

/** Both contracts get credentials that the simulator knows. */
function providerSettings({ settings, ports }: AppSurroundings): Environment {
  if (!usesSimulator(settings)) return {};
  return {
    MYOPERATOR_BASE_URL: `http://127.0.0.1:${ports.SIMULATOR_PORT}`,
    MYOPERATOR_API_KEY: setting(settings, 'MYOPERATOR_API_KEY'),
    MYOPERATOR_API_SECRET: setting(settings, 'MYOPERATOR_API_SECRET'),
    MYOPERATOR_ACCOUNT_ID: setting(settings, 'MYOPERATOR_ACCOUNT_ID'),
    MYOPERATOR_TOKEN: setting(settings, 'MYOPERATOR_API_KEY'),
    MYOPERATOR_COMPANY_ID: setting(settings, 'MYOPERATOR_ACCOUNT_ID'),
    MYOPERATOR_PHONE_NUMBER_ID: PHONE_NUMBER_ID,
  };
}

const PHONE_NUMBER_ID = 'local-phone-number';

function simulatorSettings({ settings, ports }: AppSurroundings): Environment {
  return {
    SIMULATOR_API_KEY: setting(settings, 'MYOPERATOR_API_KEY'),
    SIMULATOR_API_SECRET: setting(settings, 'MYOPERATOR_API_SECRET'),
    SIMULATOR_ACCOUNT_ID: setting(settings, 'MYOPERATOR_ACCOUNT_ID'),
    SIMULATOR_TOKEN: setting(settings, 'MYOPERATOR_API_KEY'),
    SIMULATOR_COMPANY_ID: setting(settings, 'MYOPERATOR_ACCOUNT_ID'),
    SIMULATOR_PHONE_NUMBER_ID: PHONE_NUMBER_ID,
    SIMULATOR_WEBHOOK_URL: `http://127.0.0.1:${ports.API_PORT}/api/notifications/webhooks/myoperator`,
    SIMULATOR_WEBHOOK_API_KEY: settings['WEBHOOK_API_KEY'],
    SIMULATOR_WEBHOOK_BASIC_USER: settings['WEBHOOK_BASIC_USER'],
    SIMULATOR_WEBHOOK_BASIC_PASSWORD: settings['WEBHOOK_BASIC_PASSWORD'],
    SIMULATOR_WEBHOOK_HMAC_SECRET: settings['WEBHOOK_HMAC_SECRET'],
  };
}

function only(names: readonly string[], values: Environment): Environment {
  return Object.fromEntries(
    names.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]] as const])),
  );
}
