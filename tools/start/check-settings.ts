import {
  apiConfigSchema,
  ConfigError,
  type ConfigSchema,
  type Environment,
  loadConfig,
  simulatorConfigSchema,
  storefrontConfigSchema,
  type Variables,
  workerConfigSchema,
} from '@earlybird/ops';
import { PlainError } from '../plain-error.js';
import { appEnvironments } from './app-environments.js';
import { usualPorts } from './ports.js';

/**
 * Looks at the settings of every app before anything is started. The addresses of servers are not known yet, so they are made up.
 * @throws PlainError with the faults of all apps together
 */
export function checkSettings(settings: Environment): void {
  const environments = appEnvironments({
    settings,
    ports: usualPorts,
    broker: { urlOf: () => 'amqp://user:password@127.0.0.1:5672' },
    mongoUrl: 'mongodb://127.0.0.1:27017/earlybird',
  });
  const wantedPorts = Object.fromEntries(
    Object.keys(usualPorts).flatMap((name) => (settings[name] === undefined ? [] : [[name, settings[name]] as const])),
  );
  const faults = [
    faultOf(workerConfigSchema, { ...environments.worker, ...wantedPorts }),
    faultOf(apiConfigSchema, { ...environments.api, ...wantedPorts }),
    faultOf(storefrontConfigSchema, { ...environments.storefront, ...wantedPorts }),
    faultOf(simulatorConfigSchema, { ...environments['myoperator-simulator'], ...wantedPorts }),
  ].filter((fault) => fault !== undefined);
  if (faults.length > 0) throw new PlainError(faults.join('\n\n'));
}

function faultOf(schema: ConfigSchema<Variables, unknown>, environment: Environment): string | undefined {
  try {
    loadConfig(schema, environment);
    return undefined;
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
}
