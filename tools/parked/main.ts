import { userInfo } from 'node:os';
import { ConfigError, loadConfig, readEnvironment } from '@earlybird/ops';
import { PlainError } from '../plain-error.js';
import { mintToken } from '../token/mint-token.js';
import { tokenConfigSchema } from '../token/token-config.js';
import { apiAt } from './call-api.js';
import { type ParkedRequest, parseRequest } from './parse-request.js';
import { runRequest } from './run-request.js';

/** One call; whoever reads the audit log sees who made it. */
const tokenTtlSeconds = 300;

/** `npm run parked`: events that were set aside, listed, shown, put back or deleted over the REST API. */
try {
  const request = parseRequest(process.argv.slice(2), process.env);
  console.log(await runRequest(request, apiAt(request.url, request.token ?? (await ownToken(request)))));
} catch (error) {
  if (!(error instanceof ConfigError || error instanceof PlainError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

/** No more rights than the call needs. */
function ownToken({ action }: ParkedRequest): Promise<string> {
  const role = action === 'purge' ? 'admin' : 'operator';
  const settings = loadConfig(tokenConfigSchema, readEnvironment());
  return mintToken({ role, client: `${userInfo().username}@cli`, ttlSeconds: tokenTtlSeconds }, settings, new Date());
}
