import { randomUUID } from 'node:crypto';
import { type NextFunction, type Request, type Response } from 'express';

const header = 'X-Correlation-Id';
/** What may stand in logs and headers without harm. */
const acceptable = /^[\w.:-]{1,120}$/;

const trails = new WeakMap<Request, { readonly id: string; readonly startedAt: number }>();

/** Gives every request an id that follows it through logs, envelopes and the answer: the client's own, or a new one. */
export function correlate(request: Request, response: Response, next: NextFunction): void {
  const given = request.get(header);
  const id = given !== undefined && acceptable.test(given) ? given : randomUUID();
  trails.set(request, { id, startedAt: performance.now() });
  response.set(header, id);
  next();
}

/** The id of a request. */
export function correlationIdOf(request: Request): string {
  return trails.get(request)?.id ?? 'none';
}

/** Milliseconds since the request came in. */
export function elapsedMsOf(request: Request): number {
  const startedAt = trails.get(request)?.startedAt;
  return startedAt === undefined ? 0 : Math.round(performance.now() - startedAt);
}
