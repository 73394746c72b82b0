import { type Log } from '@earlybird/ops';
import { type Request, type Response } from 'express';
import { correlationIdOf, elapsedMsOf } from '../http/correlation-id.js';
import { routeOf } from '../http/route-of.js';
import { problemCodes } from './problem-codes.js';
import { problemOf } from './problem-of.js';
import { type Problem } from './problem.js';

/** Answers with whatever was thrown as a problem document. Errors of ours are logged with their cause and told without it. */
export function writeProblem(thrown: unknown, request: Request, response: Response, log: Log): void {
  const problem = problemOf(thrown);
  const { status } = problemCodes[problem.code];
  if (status >= 500) tellOperator(thrown, problem, status, request, log);
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response
    .status(status)
    .set({ 'Cache-Control': 'no-store', ...problem.more.headers })
    .type('application/problem+json')
    .send(JSON.stringify(documentOf(problem, status, correlationIdOf(request))));
}

function tellOperator(thrown: unknown, { more }: Problem, httpStatus: number, request: Request, log: Log): void {
  log.event('request_failed', {
    method: request.method,
    route: routeOf(request),
    httpStatus,
    durationMs: elapsedMsOf(request),
    error: more.cause ?? thrown,
    correlationId: correlationIdOf(request),
  });
}

function documentOf(problem: Problem, status: number, correlationId: string): object {
  const { issues, members } = problem.more;
  return {
    type: `urn:earlybird:problem:${problem.code}`,
    title: problemCodes[problem.code].title,
    status,
    code: problem.code,
    detail: problem.message,
    ...(issues === undefined ? {} : { errors: issues }),
    ...members,
    correlation_id: correlationId,
  };
}
