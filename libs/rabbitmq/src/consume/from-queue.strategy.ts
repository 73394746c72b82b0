import { applyDecorators, Catch, type ExceptionFilter, UseFilters } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { type Observable, throwError } from 'rxjs';

/**
 * Declares a method as the handler of a queue: it gets the decoded envelope as `@Payload()` and `DeliveryContext` as
 * `@Ctx()`. When it returns (or its promise or observable completes), the envelope is acked; what it throws decides what
 * becomes of the envelope (see `RabbitmqServer`). `transport` is the symbol of the server that consumes the queue.
 */
export function FromQueue(queue: string, transport: symbol): MethodDecorator {
  return applyDecorators(EventPattern<string>(queue, transport, keepsErrors), UseFilters(new KeepErrors()));
}

/** By this `RabbitmqServer` knows that a handler's errors reach it. */
const keepsErrors = { keepsErrors: true } as const;

/** Nest's own filter would replace every error by "Internal server error", and a lost server could not be told from a bug. */
@Catch()
class KeepErrors implements ExceptionFilter {
  catch(error: unknown): Observable<never> {
    return throwError(() => error);
  }
}
