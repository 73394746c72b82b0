import { type Happening, type Reporter } from '@earlybird/core';
import { type Log } from './log.js';
import { type LogEventFields } from './log-events.js';
import { traceIdOf } from '../trace/traceparent.js';

/** Names the happenings that lack a field of the log event of their name; `never` as long as both lists agree. */
export type UnloggableHappening = {
  [H in Happening as H['kind']]: H extends LogEventFields<H['kind']> ? never : H['kind'];
}[Happening['kind']];

/** Writes a log line for each happening of core: the log event of its name, with its fields. */
export class LogReporter implements Reporter {
  constructor(private readonly log: Log) {}

  report(happening: Happening): void {
    // The compiler cannot tie a member of one union to the member of that name in another; UnloggableHappening does.
    this.log.event(happening.kind, withTraceId(happening) as never);
  }
}

/** The trace of the publisher; a malformed one is nobody's. */
function withTraceId(happening: Happening): Happening & { readonly traceId?: string } {
  const traceId = 'traceparent' in happening ? traceIdOf(happening.traceparent) : undefined;
  return traceId === undefined ? happening : { ...happening, traceId };
}
