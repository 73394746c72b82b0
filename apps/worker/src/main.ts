import { createLogger, loadConfigOrExit, secretsOf, startProcess, workerConfigSchema } from '@earlybird/ops';
import { startWorker } from './start-worker.js';

const config = loadConfigOrExit(workerConfigSchema);
const log = createLogger({ app: 'worker', level: config.log.level, secrets: secretsOf(workerConfigSchema) });

startProcess('worker', config, log, (stop) => startWorker(config, log, stop));
