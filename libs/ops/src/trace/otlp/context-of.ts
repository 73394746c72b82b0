import { type SpanContext, TraceFlags } from '@opentelemetry/api';
import { parseTraceparent } from '../traceparent.js';

/** The span that a `traceparent` names, as OpenTelemetry's API wants it; undefined for what is absent or malformed. */
export function contextOf(traceparent: string | undefined): SpanContext | undefined {
  const parsed = parseTraceparent(traceparent);
  if (parsed === undefined) return undefined;
  const { traceId, spanId, sampled } = parsed;
  return { traceId, spanId, traceFlags: sampled ? TraceFlags.SAMPLED : TraceFlags.NONE, isRemote: true };
}
