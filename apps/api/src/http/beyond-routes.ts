import { type Log } from '@earlybird/ops';
import { type ErrorRequestHandler, type RequestHandler } from 'express';
import { Problem } from '../problem/problem.js';
import { writeProblem } from '../problem/write-problem.js';

/**
 * The last two handlers: Nest answers below its prefix only, and express would write a page with a stack for the rest.
 * To be used after every route is there.
 */
export function beyondRoutes(log: Log): readonly [RequestHandler, ErrorRequestHandler] {
  return [
    (request, response) =>
      writeProblem(new Problem('route_not_found', 'See /docs for what there is.'), request, response, log),
    // express knows an error handler by its four parameters.
    (error, request, response, _next) => writeProblem(error, request, response, log),
  ];
}
