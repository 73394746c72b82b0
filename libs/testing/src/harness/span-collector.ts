import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** A span as a collector got it. */
export interface CollectedSpan {
  readonly service: unknown;
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | undefined;
  readonly failure: string | undefined;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** The names of what happened meanwhile. */
  readonly happenings: readonly string[];
  readonly linkedTraces: readonly string[];
}

/** A small OpenTelemetry collector: takes OTLP over HTTP as JSON, and keeps it. */
export class SpanCollector {
  readonly spans: CollectedSpan[] = [];
  /** Of every request. */
  readonly headers: IncomingHttpHeaders[] = [];
  /** Everything as it came, to look for what must not be there. */
  raw = '';

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  /** On a free port, or again on the one of a collector that was closed. */
  static async listen(port = 0): Promise<SpanCollector> {
    const server = createServer((request, response) => {
      void collector.take(request).then(() => response.setHeader('content-type', 'application/json').end('{}'));
    });
    await once(server.listen(port, '127.0.0.1'), 'listening');
    const collector = new SpanCollector(server, (server.address() as AddressInfo).port);
    return collector;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async close(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }

  private async take(request: IncomingMessage): Promise<void> {
    const batch = (await json(request)) as OtlpBatch;
    this.headers.push(request.headers);
    this.raw += JSON.stringify(batch);
    for (const { resource, scopeSpans } of batch.resourceSpans)
      for (const { spans } of scopeSpans)
        this.spans.push(...spans.map((span) => collected(attributesOf(resource)['service.name'], span)));
  }
}

interface OtlpAttribute {
  readonly key: string;
  readonly value: Readonly<Record<string, unknown>>;
}

interface OtlpSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly status?: { readonly code?: number; readonly message?: string };
  readonly attributes?: readonly OtlpAttribute[];
  readonly events?: readonly { readonly name: string }[];
  readonly links?: readonly { readonly traceId: string }[];
}

interface OtlpBatch {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes?: readonly OtlpAttribute[] };
    readonly scopeSpans: readonly { readonly spans: readonly OtlpSpan[] }[];
  }[];
}

/** `STATUS_CODE_ERROR` of OTLP. */
const failed = 2;

function collected(service: unknown, span: OtlpSpan): CollectedSpan {
  const { name, traceId, spanId, parentSpanId, status = {}, events = [], links = [] } = span;
  return {
    service,
    name,
    traceId,
    spanId,
    parentSpanId: parentSpanId === '' ? undefined : parentSpanId,
    failure: status.code === failed ? (status.message ?? '') : undefined,
    attributes: attributesOf(span),
    happenings: events.map((event) => event.name),
    linkedTraces: links.map((link) => link.traceId),
  };
}

function attributesOf({ attributes = [] }: { readonly attributes?: readonly OtlpAttribute[] }) {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
}
