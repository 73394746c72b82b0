import { type Log } from '@earlybird/ops';
import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import { type Request, type Response } from 'express';
import { toProblem } from './to-problem.js';
import { traceOf } from './trace.js';

/** How soon a client may ask again when the database is away: as long as the driver looks for it. */
const RETRY_AFTER_SECONDS = 3;

/** Answers everything that is thrown as a problem document (RFC 9457), and logs what is our own fault. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly log: Log) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const [request, response] = [
      host.switchToHttp().getRequest<Request>(),
      host.switchToHttp().getResponse<Response>(),
    ];
    const { code, status, title, detail, wrongFields } = toProblem(thrown);
    const { correlationId } = traceOf(response);
    if (status >= 500) {
      const { method, path: route } = request;
      this.log.event('request_failed', {
        method,
        route,
        httpStatus: status,
        durationMs: 0,
        error: thrown,
        correlationId,
      });
    }
    if (response.headersSent) return void response.end();
    if (status === 503) response.setHeader('retry-after', RETRY_AFTER_SECONDS);
    response
      .status(status)
      .type('application/problem+json')
      .send(
        JSON.stringify({
          type: `urn:earlybird:problem:${code}`,
          title,
          status,
          detail,
          code,
          ...(wrongFields.length > 0 && { errors: wrongFields }),
          correlation_id: correlationId,
        }),
      );
  }
}
