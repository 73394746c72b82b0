import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import { type Log } from '@earlybird/ops';
import { type Request, type Response } from 'express';
import { writeProblem } from './write-problem.js';

/** Writes every error of a handler, a guard or a pipe as a problem document. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly log: Log) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    writeProblem(thrown, http.getRequest<Request>(), http.getResponse<Response>(), this.log);
  }
}
