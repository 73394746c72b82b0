import { apiConfigSchema } from './api-config.js';
import { type ConfigSchema, type Variables } from './config-schema.js';
import { simulatorConfigSchema } from './simulator-config.js';
import { storefrontConfigSchema } from './storefront-config.js';
import { workerConfigSchema } from './worker-config.js';

/** The schema of every app. docs/configuration.md and .env.example are made from it. */
export const appSchemas: readonly ConfigSchema<Variables, unknown>[] = [
  workerConfigSchema,
  apiConfigSchema,
  storefrontConfigSchema,
  simulatorConfigSchema,
];
