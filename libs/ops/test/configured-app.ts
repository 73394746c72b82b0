import { apiConfigSchema, loadConfigOrExit } from '@earlybird/ops';

/** A process for load-config-or-exit.integration.ts: says what it read, if it gets so far. */
const { rabbitmq, jwt, retry } = loadConfigOrExit(apiConfigSchema);
process.stdout.write(JSON.stringify({ rabbitmq, issuer: jwt.issuer, retry }));
