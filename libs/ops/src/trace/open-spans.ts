import { hostname } from 'node:os';
import { type TracingConfig } from '../config/slices/tracing-slice.js';
import { textCleaner } from '../log/clean-text.js';
import { type Log } from '../log/log.js';
import { type GracefulStop } from '../process/graceful-stop.js';
import { noSpans, type Spans } from './spans.js';

/** What the spans of a process stand on. */
export interface SpansSurroundings {
  /** The process, as `service.name` unless the configuration names it. */
  readonly service: string;
  readonly log: Log;
  readonly stop: Pick<GracefulStop, 'onStop'>;
}

/**
 * Spans for the collector that the configuration names; none and nothing loaded when it names none. Call it before the parts
 * that do the work: what they do while they stop is still sent.
 */
export async function openSpans(
  tracing: TracingConfig | undefined,
  { service, log, stop }: SpansSurroundings,
): Promise<Spans> {
  if (tracing === undefined) return noSpans;
  // Only now, so that a process without a collector neither loads OpenTelemetry nor keeps it in memory.
  const { OtlpSpans } = await import('./otlp/otlp-spans.js');
  const spans = new OtlpSpans({
    tracing,
    resource: {
      'service.name': service,
      'service.instance.id': `${hostname()}/${process.pid}`,
      ...tracing.resource,
      ...(tracing.serviceName !== undefined && { 'service.name': tracing.serviceName }),
    },
    clean: textCleaner(Object.values(tracing.headers)),
    log,
  });
  stop.onStop('spans', () => spans.close());
  return spans;
}
