import { type CanActivate } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type NestExpressApplication } from '@nestjs/platform-express';
import { type ApiConfig, NestLogger } from '@earlybird/ops';
import helmet from 'helmet';
import { tokenVerifier } from './access/token-verifier.js';
import { ApiModule } from './api.module.js';
import { type ApiParts } from './api-parts.js';
import { serveDocs } from './docs/open-api.js';
import { beyondRoutes } from './http/beyond-routes.js';
import { useBodyParsers } from './http/body-parsers.js';
import { correlate } from './http/correlation-id.js';
import { requireJson } from './http/require-json.js';
import { traceRequests } from './http/trace-requests.js';
import { watchRequests } from './http/watch-requests.js';
import { prefix } from './paths.js';

/** The Nest application, ready to listen. It connects to nothing: its parts do. */
export async function createApp(
  parts: ApiParts,
  { http, jwt }: Pick<ApiConfig, 'http' | 'jwt'>,
  rateLimit?: CanActivate,
): Promise<NestExpressApplication> {
  const access = { verify: tokenVerifier(jwt), ...(rateLimit === undefined ? {} : { rateLimit }) };
  const app = await NestFactory.create<NestExpressApplication>(ApiModule.for(parts, access), {
    logger: new NestLogger(parts.log),
    bodyParser: false,
    abortOnError: false,
  });
  app.disable('x-powered-by');
  app.set('trust proxy', http.trustedProxies);
  app.set('query parser', 'simple');
  app.setGlobalPrefix(prefix);
  if (http.corsOrigins.length > 0) app.enableCors({ origin: [...http.corsOrigins], maxAge: corsMaxAgeSeconds });
  app.use(correlate, traceRequests(parts), watchRequests(parts), helmet(headers));
  useBodyParsers(app);
  app.use(requireJson);
  serveDocs(app);
  await app.init();
  app.use(...beyondRoutes(parts.log));
  return app;
}

/** Browsers keep an answer to a preflight no longer than this anyway. */
const corsMaxAgeSeconds = 7_200;

/** The docs page must load over plain HTTP too, on a laptop or behind a proxy that ends TLS. */
const headers = { contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } } };
