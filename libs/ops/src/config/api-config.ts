import { configSchema } from './config-schema.js';
import { port } from './kinds.js';
import { deliverySlices, type DeliveryConfig } from './slices/delivery-slices.js';
import { type JwtConfig, jwtRules, jwtSlice } from './slices/jwt-slice.js';
import { type ListenConfig, type ProcessConfig, processSlices } from './slices/process-slices.js';
import { type TracingConfig, tracingSlice } from './slices/tracing-slice.js';
import { type WebhookConfig, webhookRules, webhookSlice } from './slices/webhook-slice.js';
import { variable } from './variable.js';
import { accessVariables } from './variables/api-variables.js';
import { deliveryVariables } from './variables/delivery-variables.js';
import { processVariables } from './variables/process-variables.js';
import { mongodbVariables, rabbitmqVariables } from './variables/server-variables.js';
import { tracingVariables } from './variables/tracing-variables.js';
import { webhookVariables } from './variables/webhook-variables.js';

/** The api's configuration: frozen, each part gets its slice. It holds no credentials of the provider. */
export interface ApiConfig extends ProcessConfig, DeliveryConfig {
  readonly http: ListenConfig & {
    readonly ratePerMinute: number;
    readonly trustedProxies: number;
    /** Empty: CORS is off. */
    readonly corsOrigins: readonly string[];
  };
  /** Health and metrics. */
  readonly operations: ListenConfig;
  /** Undefined: there are no spans. */
  readonly tracing: TracingConfig | undefined;
  readonly rabbitmq: { readonly url: string };
  readonly mongodb: { readonly url: string };
  readonly jwt: JwtConfig;
  readonly webhook: WebhookConfig;
  readonly immediate: { readonly waitMs: number };
}

/** What the api takes from its environment. */
export const apiConfigSchema = configSchema({
  app: 'api',
  variables: {
    ...rabbitmqVariables,
    ...mongodbVariables,
    ...processVariables,
    API_PORT: variable(port().default(3000), 'The port of the REST api and the webhook.', '3000'),
    API_METRICS_PORT: variable(port().default(3002), "The port of the api's health and metrics.", '3002'),
    ...accessVariables,
    ...webhookVariables,
    ...deliveryVariables,
    ...tracingVariables,
  },
  rules: [...jwtRules, ...webhookRules],
  slices: (values): ApiConfig => ({
    ...processSlices(values),
    ...deliverySlices(values),
    tracing: tracingSlice(values),
    http: {
      host: values.HOST,
      port: values.API_PORT,
      ratePerMinute: values.API_RATE_PER_MINUTE,
      trustedProxies: values.API_TRUSTED_PROXIES,
      corsOrigins: values.API_CORS_ORIGINS,
    },
    operations: { host: values.HOST, port: values.API_METRICS_PORT },
    rabbitmq: { url: values.RABBITMQ_URL },
    mongodb: { url: values.MONGO_URL },
    jwt: jwtSlice(values),
    webhook: webhookSlice(values),
    immediate: { waitMs: values.API_IMMEDIATE_WAIT_MS },
  }),
});
