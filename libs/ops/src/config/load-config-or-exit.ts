import { ConfigError } from './config-fault.js';
import { type ConfigSchema, type Variables } from './config-schema.js';
import { readEnvironment } from './environment.js';
import { loadConfig } from './load-config.js';

/** sysexits.h: EX_CONFIG. An orchestrator can tell "wrong settings" from a crash. */
const configurationFault = 78;

/**
 * The first line of every app's main: its configuration, or all faults as readable lines on stderr and exit code 78,
 * before anything connects.
 */
export function loadConfigOrExit<V extends Variables, Config>(schema: ConfigSchema<V, Config>): Config {
  try {
    return loadConfig(schema, readEnvironment());
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(configurationFault);
  }
}
