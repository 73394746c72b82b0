import { type NextFunction, type Request, type Response } from 'express';
import { webhookPath } from '../paths.js';
import { takesBody } from './body-parsers.js';
import { Problem } from '../problem/problem.js';

/** Refuses a body that is not sent as JSON, instead of taking it for an empty one (`curl -d` without a header sends a form). */
export function requireJson(request: Request, _response: Response, next: NextFunction): void {
  const hasBody = request.get('Transfer-Encoding') !== undefined || Number(request.get('Content-Length') ?? 0) > 0;
  const wasRead: unknown = request.body;
  if (!takesBody(request) || !hasBody || wasRead !== undefined || request.path === webhookPath) return next();
  next(new Problem('unsupported_media_type', 'Send the body as JSON, with the header Content-Type: application/json.'));
}
