import { randomUUID } from 'node:crypto';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { type NextFunction, type Request, type Response } from 'express';

/** What follows one business action through every log line and envelope. Spread it into a new event. */
export interface Trace {
  /** The caller's `X-Correlation-Id`, or one of ours; the answer carries it too. */
  readonly correlationId: string;
  /** The caller's W3C trace context, if it has a valid one. */
  readonly traceparent?: string;
}

type TracedResponse = Response<unknown, { trace?: Trace }>;

const correlationIdForm = /^[\w.:-]{1,120}$/;
const traceparentForm = /^[\da-f]{2}-[\da-f]{32}-[\da-f]{16}-[\da-f]{2}$/;

/** Middleware: gives every request its trace. Comes before anything that can fail, so that problems carry it. */
export function traceRequest(request: Request, response: TracedResponse, next: NextFunction): void {
  const given = request.get('x-correlation-id') ?? '';
  const traceparent = request.get('traceparent') ?? '';
  const correlationId = correlationIdForm.test(given) ? given : randomUUID();
  response.locals.trace = { correlationId, ...(traceparentForm.test(traceparent) && { traceparent }) };
  response.setHeader('x-correlation-id', correlationId);
  next();
}

/** The trace that `traceRequest` gave the request. */
export const traceOf = (response: TracedResponse): Trace => response.locals.trace ?? { correlationId: randomUUID() };

/** Parameter decorator: the trace of the request. */
export const RequestTrace = createParamDecorator((_: unknown, context: ExecutionContext) =>
  traceOf(context.switchToHttp().getResponse<TracedResponse>()),
);
