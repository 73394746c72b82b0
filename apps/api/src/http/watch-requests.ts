import { type Log, type Metrics } from '@earlybird/ops';
import { type NextFunction, type Request, type Response } from 'express';
import { callerOf } from '../access/caller.js';
import { elapsedMsOf } from './correlation-id.js';
import { routeOf } from './route-of.js';

/** Counts and logs every answered request, by route, never by path. */
export function watchRequests(parts: { readonly log: Log; readonly metrics: Metrics }) {
  return (request: Request, response: Response, next: NextFunction): void => {
    response.once('finish', () => {
      const durationMs = elapsedMsOf(request);
      const [method, route, httpStatus] = [request.method, routeOf(request), response.statusCode];
      parts.metrics.observe('http_request_seconds', { method, route, status: String(httpStatus) }, durationMs / 1_000);
      if (httpStatus >= firstServerError) parts.metrics.count('http_failures_total', {});
      parts.log.event('request_answered', { method, route, httpStatus, durationMs, client: callerOf(request)?.client });
    });
    next();
  };
}

const firstServerError = 500;
