import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT_CONTEXT, type Context, SpanKind, trace, type Tracer } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TracerProvider,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace';
import { AppError } from '@earlybird/core';
import { type Sampling, type TracingConfig } from '../../config/slices/tracing-slice.js';
import { type Log } from '../../log/log.js';
import { contextOf } from './context-of.js';
import { OtlpSpan } from './otlp-span.js';
import { type OpenSpan, type Spans, type SpanStart } from '../spans.js';
import { TellingExporter } from './telling-exporter.js';

/** What spans need to know of their process. */
export interface OtlpSpansOptions {
  readonly tracing: TracingConfig;
  /** By what the process is told apart, e.g. `service.name`. */
  readonly resource: Readonly<Record<string, string>>;
  /** Makes text fit to leave the process. */
  readonly clean: (text: string) => string;
  readonly log: Pick<Log, 'event'>;
}

/** Batches: a span is seen a second later; of those that a collector does not take, 2,048 (a few MB) wait and the rest is lost. */
const batches = { scheduledDelayMillis: 1_000, maxQueueSize: 2_048, maxExportBatchSize: 512 } as const;

/** Longest attribute: our words are short, and what a publisher or provider chose must not fill a batch. */
const spanLimits = { attributeValueLengthLimit: 500 } as const;

/** At the stop: spans are worth no more of the deadline, which messages may need. */
const farewellMs = 2_000;

const kinds = { consumer: SpanKind.CONSUMER, server: SpanKind.SERVER, client: SpanKind.CLIENT } as const;

/** Spans for an OpenTelemetry collector: OTLP over HTTP, in batches, beside the work. Nothing global is registered. */
export class OtlpSpans implements Spans {
  readonly #going = new AsyncLocalStorage<OtlpSpan>();
  readonly #provider: TracerProvider;
  readonly #tracer: Tracer;
  readonly #exporter: TellingExporter;

  constructor(private readonly options: OtlpSpansOptions) {
    const { tracing, resource, log } = options;
    const { url, headers, timeoutMs: timeoutMillis } = tracing;
    const exporter = new OTLPTraceExporter({ url, headers: { ...headers }, timeoutMillis });
    this.#exporter = new TellingExporter(exporter, addressOf(url), log);
    this.#provider = new TracerProvider({
      resource: defaultResource().merge(resourceFromAttributes({ ...resource })),
      sampler: samplerOf(tracing.sampling),
      spanLimits,
      spanProcessors: [
        new BatchSpanProcessor({ ...batches, exporter: this.#exporter, exportTimeoutMillis: timeoutMillis + graceMs }),
      ],
    });
    this.#tracer = this.#provider.getTracer('earlybird');
  }

  get current(): OpenSpan | undefined {
    return this.#going.getStore();
  }

  async within<Result>(start: SpanStart, work: (span: OpenSpan) => Promise<Result>): Promise<Result> {
    const options = { kind: kinds[start.kind] };
    const span = new OtlpSpan(this.#tracer.startSpan(start.name, options, this.#parentOf(start)), this.options.clean);
    span.note(start.attributes);
    try {
      return await this.#going.run(span, () => work(span));
    } catch (error) {
      span.fail(wordFor(error));
      throw error;
    } finally {
      span.end();
    }
  }

  /** Sends what waits, as far as the collector takes it within two seconds. */
  async close(): Promise<void> {
    const shutdown = this.#provider.shutdown().then(
      () => true,
      () => true,
    );
    const inTime = await Promise.race([shutdown, sleep(farewellMs, false, { ref: false })]);
    if (!inTime) this.#exporter.giveUp();
  }

  /** What comes in may be handled in the wake of something else, to which it does not belong. */
  #parentOf({ kind, traceparent }: SpanStart): Context {
    const around = kind === 'client' ? this.#going.getStore() : undefined;
    if (around !== undefined) return trace.setSpanContext(ROOT_CONTEXT, around.context);
    const parent = contextOf(traceparent);
    return parent === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, parent);
  }
}

/** The exporter gives up by itself; the batch behind it waits a moment longer, so that two never go out at once. */
const graceMs = 1_000;

function samplerOf({ asParent, share }: Sampling): TraceIdRatioBasedSampler | ParentBasedSampler {
  const root = new TraceIdRatioBasedSampler(share);
  return asParent ? new ParentBasedSampler({ root }) : root;
}

/** Without user, password and query. */
function addressOf(url: string): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
}

/** Messages of errors may quote what is personal. */
function wordFor(error: unknown): string {
  if (error instanceof AppError) return error.code;
  return error instanceof Error ? error.name : 'unknown_error';
}
