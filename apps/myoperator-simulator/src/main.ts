import { createLogger, loadConfigOrExit, secretsOf, simulatorConfigSchema } from '@earlybird/ops';
import { startSimulator } from './start-simulator.js';

const config = loadConfigOrExit(simulatorConfigSchema);
const log = createLogger({
  app: 'myoperator-simulator',
  level: config.log.level,
  secrets: secretsOf(simulatorConfigSchema),
});

try {
  const running = await startSimulator(config, log);
  log.event('listening', { context: 'provider', address: running.providerUrl });
  log.event('listening', { context: 'admin', address: running.adminUrl });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void running.stop());
} catch (error) {
  log.event('start_failed', { error });
  process.exitCode = 1;
}
