import { createLogger, loadConfigOrExit, secretsOf, simulatorConfigSchema, startProcess } from '@earlybird/ops';
import { startSimulator } from './start-simulator.js';

const app = 'myoperator-simulator';
const config = loadConfigOrExit(simulatorConfigSchema);
const log = createLogger({ app, level: config.log.level, secrets: secretsOf(simulatorConfigSchema) });

startProcess(app, config, log, async (stop) => {
  const running = await startSimulator(config, log);
  stop.onStop('simulator', running.stop);
  log.event('listening', { context: 'provider', address: running.providerUrl });
  log.event('listening', { context: 'admin', address: running.adminUrl });
});
