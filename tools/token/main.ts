import { ConfigError, loadConfig, readEnvironment } from '@earlybird/ops';
import { PlainError } from '../plain-error.js';
import { mintToken } from './mint-token.js';
import { parseRequest } from './parse-request.js';
import { tokenConfigSchema } from './token-config.js';

/** `npm run token`: prints a token for the api, and nothing else, on stdout. */
try {
  const request = parseRequest(process.argv.slice(2));
  const settings = loadConfig(tokenConfigSchema, readEnvironment());
  console.log(await mintToken(request, settings, new Date()));
} catch (error) {
  if (!(error instanceof ConfigError || error instanceof PlainError)) throw error;
  console.error(error.message);
  process.exitCode = error instanceof ConfigError ? 78 : 64;
}
