import { type Attributes, type Span, type SpanContext, SpanStatusCode } from '@opentelemetry/api';
import { type OpenSpan, type SpanAttributes } from '../spans.js';
import { contextOf } from './context-of.js';

/** A span of OpenTelemetry's; no phone number and no secret gets onto it. */
export class OtlpSpan implements OpenSpan {
  constructor(
    private readonly span: Span,
    private readonly clean: (text: string) => string,
  ) {}

  get context(): SpanContext {
    return this.span.spanContext();
  }

  get traceparent(): string {
    const { traceId, spanId, traceFlags } = this.context;
    return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;
  }

  rename(name: string): void {
    this.span.updateName(name);
  }

  note(attributes: SpanAttributes): void {
    if (this.span.isRecording()) this.span.setAttributes(this.#cleaned(attributes));
  }

  tell(happening: string, attributes: SpanAttributes): void {
    if (this.span.isRecording()) this.span.addEvent(happening, this.#cleaned(attributes));
  }

  link(traceparent: string): void {
    const other = contextOf(traceparent);
    if (other !== undefined && other.traceId !== this.context.traceId) this.span.addLink({ context: other });
  }

  fail(reason: string): void {
    const message = this.clean(reason);
    this.span.setStatus({ code: SpanStatusCode.ERROR, message });
    this.span.setAttribute('error.type', message);
  }

  end(): void {
    this.span.end();
  }

  #cleaned(attributes: SpanAttributes): Attributes {
    const cleaned: Attributes = {};
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== undefined) cleaned[name] = typeof value === 'string' ? this.clean(value) : value;
    }
    return cleaned;
  }
}
