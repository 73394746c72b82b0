import { createLogger, loadConfigOrExit, secretsOf, startProcess, storefrontConfigSchema } from '@earlybird/ops';
import { startStorefront } from './start-storefront.js';

const config = loadConfigOrExit(storefrontConfigSchema);
const log = createLogger({ app: 'storefront', level: config.log.level, secrets: secretsOf(storefrontConfigSchema) });

startProcess('storefront', config, log, async (stop) => void (await startStorefront(config, log, stop)));
