import { type OpenSpan, parseTraceparent, type Spans } from '@earlybird/ops';
import { type NextFunction, type Request, type Response } from 'express';
import { healthPath } from '../paths.js';
import { routeOf } from './route-of.js';

const header = 'traceparent';
const carried = new WeakMap<Request, string | undefined>();

/** Puts a span around each request, in the trace of the client; probes, which come every few seconds, go without. */
export function traceRequests({ spans }: { readonly spans: Spans }) {
  return (request: Request, response: Response, next: NextFunction): void => {
    if (request.path.startsWith(healthPath)) return next();
    const { method } = request;
    const attributes = { 'http.request.method': method };
    const start = { name: method, kind: 'server', traceparent: request.get(header), attributes } as const;
    void spans.within(start, (span) => {
      if (parseTraceparent(span.traceparent) !== undefined) carried.set(request, span.traceparent);
      const closed = new Promise<void>((resolve) => response.once('close', resolve));
      next();
      return closed.then(() => tellOf(request, response, span));
    });
  };
}

function tellOf(request: Request, response: Response, span: OpenSpan): void {
  const [route, status] = [routeOf(request), response.statusCode];
  span.rename(`${request.method} ${route}`);
  span.note({ 'http.route': route, ...(response.headersSent && { 'http.response.status_code': status }) });
  if (status >= firstServerError) span.fail(String(status));
}

/** What follows from a request carries this on; absent where the client has no trace and no collector is named. */
export function traceOf(request: Request): { readonly traceparent?: string } {
  const traceparent = carried.get(request);
  return traceparent === undefined ? {} : { traceparent };
}

/** What the client did wrong is no failure of the request's span (OpenTelemetry's conventions for servers). */
const firstServerError = 500;
