import { apiConfigSchema, createLogger, loadConfigOrExit, secretsOf, startProcess } from '@earlybird/ops';
import { startApi } from './start-api.js';

const config = loadConfigOrExit(apiConfigSchema);
const log = createLogger({ app: 'api', level: config.log.level, secrets: secretsOf(apiConfigSchema) });

startProcess('api', config, log, (stop) => startApi(config, log, stop));
