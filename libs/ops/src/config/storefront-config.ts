import { configSchema } from './config-schema.js';
import { type ListenConfig, type ProcessConfig, processSlices } from './slices/process-slices.js';
import { processVariables } from './variables/process-variables.js';
import { mongodbVariables } from './variables/server-variables.js';
import { storefrontVariables } from './variables/storefront-variables.js';

/** The storefront's configuration: frozen, each part gets its slice. */
export interface StorefrontConfig extends ProcessConfig {
  readonly listen: ListenConfig;
  readonly mongodb: { readonly url: string; readonly database: string };
  /** The AMQP URL of each publishing service. */
  readonly publishers: {
    readonly order: string;
    readonly subscription: string;
    readonly delivery: string;
    readonly billing: string;
  };
}

/** What the storefront takes from its environment. */
export const storefrontConfigSchema = configSchema({
  app: 'storefront',
  variables: { ...mongodbVariables, ...processVariables, ...storefrontVariables },
  rules: [],
  slices: (values): StorefrontConfig => ({
    ...processSlices(values),
    listen: { host: values.HOST, port: values.STOREFRONT_PORT },
    mongodb: {
      url: values.MONGO_URL,
      database: values.STOREFRONT_MONGO_DATABASE ?? ownDatabase(databaseIn(values.MONGO_URL)),
    },
    publishers: {
      order: values.STOREFRONT_ORDER_RABBITMQ_URL,
      subscription: values.STOREFRONT_SUBSCRIPTION_RABBITMQ_URL,
      delivery: values.STOREFRONT_DELIVERY_RABBITMQ_URL,
      billing: values.STOREFRONT_BILLING_RABBITMQ_URL,
    },
  }),
});

/** Several hosts may stand in the address, which no URL parser likes. `mongoUrl` has seen to it that there is a name. */
const databaseIn = (address: string): string => /^[^:]+:\/\/[^/]+\/([^/?]+)/.exec(address)?.[1] ?? 'earlybird';

/** Where one address serves every app, the storefront's data still keeps apart from the notifications. */
const ownDatabase = (name: string): string => (name.endsWith('storefront') ? name : `${name}_storefront`);
