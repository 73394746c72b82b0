import { type NextFunction, type Request, type Response } from 'express';
import { Problem } from './problem.js';

/** Middleware: a body is JSON or nothing. Forms are refused, so that no foreign web page can post one. */
export function jsonOnly(request: Request, _response: Response, next: NextFunction): void {
  // `is` answers null where there is no body; an empty one, as browsers send it with a POST, is none either.
  if (request.get('content-length') === '0' || request.is('application/json') !== false) return next();
  next(new Problem('not_json', 'Send JSON, with content-type: application/json.'));
}
