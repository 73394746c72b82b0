/** Facts about a span, by OpenTelemetry's names or ours (`notification.…`). An absent one is left out. Never personal data. */
export type SpanAttributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** How a span begins. */
export interface SpanStart {
  /** Of few values, because spans are grouped by it: `process notifications.events`. */
  readonly name: string;
  /** What came in begins from its own traceparent; what goes out, within the span around it. */
  readonly kind: 'consumer' | 'server' | 'client';
  /** W3C trace context of what came in; a malformed one is nobody's, and the span begins a trace. */
  readonly traceparent?: string | undefined;
  readonly attributes: SpanAttributes;
}

/** A span as long as its work goes on. */
export interface OpenSpan {
  /** What is to be carried on by whatever follows; without a collector what came in, unread. */
  readonly traceparent: string | undefined;
  rename(name: string): void;
  /** Later facts win. */
  note(attributes: SpanAttributes): void;
  /** Something that happened at this moment. */
  tell(happening: string, attributes: SpanAttributes): void;
  /** Belongs to another trace, too; says nothing when that is its own. */
  link(traceparent: string): void;
  /** `reason` is a stable word. */
  fail(reason: string): void;
}

/** Port: how long each piece of work took and what it belonged to, for a collector. Never throws and never waits. */
export interface Spans {
  /** Runs `work` and answers with its result. What it throws fails the span, too. */
  within<Result>(start: SpanStart, work: (span: OpenSpan) => Promise<Result>): Promise<Result>;
  /** The span of the work that is going on here. */
  readonly current: OpenSpan | undefined;
}

const silent = { rename: ignore, note: ignore, tell: ignore, link: ignore, fail: ignore };

function ignore(): void {
  // Nobody listens.
}

/** For a process that no collector is named to: the work, and nothing beside it. */
export const noSpans: Spans = {
  within: ({ traceparent }, work) => work({ traceparent, ...silent }),
  current: undefined,
};
