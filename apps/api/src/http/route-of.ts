import { type Request } from 'express';

/** The route with its placeholders, so that no phone and no id stands in logs and metrics; `unmatched` before there is one. */
export function routeOf(request: Request): string {
  const route: unknown = request.route;
  return typeof route === 'object' && route !== null && 'path' in route && typeof route.path === 'string'
    ? route.path
    : 'unmatched';
}
