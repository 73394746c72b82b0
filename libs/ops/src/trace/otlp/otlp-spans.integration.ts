import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { AppError } from '@earlybird/core';
import { eventually, guardLeaks, SpanCollector } from '@earlybird/testing';
import { type TracingConfig } from '../../config/slices/tracing-slice.js';
import { textCleaner } from '../../log/clean-text.js';
import { type LogEventName } from '../../log/log-events.js';
import { OtlpSpans } from './otlp-spans.js';

const lines: LogEventName[] = [];
const log = { event: (name: LogEventName) => void lines.push(name) };

function spansTo(url: string, own: Partial<TracingConfig> = {}): OtlpSpans {
  const sampling = { asParent: true, share: 1 };
  const tracing = { url: `${url}/v1/traces`, headers: {}, timeoutMs: 300, resource: {}, sampling, ...own };
  return new OtlpSpans({ tracing, resource: { 'service.name': 'test' }, clean: textCleaner(), log });
}

const piece = { name: 'piece', kind: 'consumer', attributes: {} } as const;
const work = async () => undefined;
const recordedBy = (sampled: boolean) => `00-${'a'.repeat(32)}-${'b'.repeat(16)}-${sampled ? '01' : '00'}`;

describe('spans for a collector', () => {
  let collector: SpanCollector;
  beforeEach(async () => {
    lines.length = 0;
    collector = await SpanCollector.listen();
  });
  afterEach(() => collector.close());

  it('go on from what came in, and what goes out goes on from them', async () => {
    const spans = spansTo(collector.url);
    const given = { ...piece, traceparent: recordedBy(true) };
    await spans.within(given, () => spans.within({ ...piece, name: 'request', kind: 'client' }, work));
    // Whatever comes in while a span is open is none of its own.
    await spans.within(given, () => spans.within({ ...piece, name: 'stranger' }, work));
    await spans.close();
    const [request, outer, stranger] = collector.spans;
    expect(outer).toMatchObject({ traceId: 'a'.repeat(32), parentSpanId: 'b'.repeat(16) });
    expect(request).toMatchObject({ traceId: outer?.traceId, parentSpanId: outer?.spanId });
    expect(stranger).toMatchObject({ name: 'stranger', parentSpanId: undefined });
  });

  it('tell what they are to be called on with, recorded or not', async () => {
    const spans = spansTo(collector.url);
    const traceparentIn = (traceparent?: string) =>
      spans.within({ ...piece, traceparent }, async (span) => span.traceparent);
    expect(await traceparentIn(recordedBy(true))).toMatch(/^00-a{32}-(?!b{16})[\da-f]{16}-01$/);
    expect(await traceparentIn(recordedBy(false))).toMatch(/^00-a{32}-(?!b{16})[\da-f]{16}-00$/);
    expect(await traceparentIn('malformed')).toMatch(/^00-[\da-f]{32}-[\da-f]{16}-01$/);
    await spans.close();
    expect(collector.spans).toHaveLength(2);
  });

  it('are linked to other traces, not to their own', async () => {
    const spans = spansTo(collector.url);
    await spans.within({ ...piece, traceparent: recordedBy(true) }, async (span) => {
      span.link(recordedBy(true));
      span.link(`00-${'c'.repeat(32)}-${'d'.repeat(16)}-01`);
      span.link('malformed');
    });
    await spans.close();
    expect(collector.spans.map((span) => span.linkedTraces)).toEqual([['c'.repeat(32)]]);
  });

  it('are of the sampled share only', async () => {
    const none = spansTo(collector.url, { sampling: { asParent: true, share: 0 } });
    await none.within(piece, work);
    await none.within({ ...piece, traceparent: recordedBy(true) }, work);
    await none.close();
    expect(collector.spans.map((span) => span.traceId)).toEqual(['a'.repeat(32)]);
  });

  it('fail with what is thrown, in a word and not in its words', async () => {
    const spans = spansTo(collector.url);
    const failing = (error: Error) => spans.within(piece, () => Promise.reject(error)).catch(() => undefined);
    await failing(new AppError('database_unavailable', 'no answer about Asha'));
    await failing(new TypeError('Asha is undefined'));
    await spans.close();
    expect(collector.spans.map((span) => span.failure)).toEqual(['database_unavailable', 'TypeError']);
    expect(collector.raw).not.toContain('Asha');
  });

  it('mask a phone wherever it hides', async () => {
    const spans = spansTo(collector.url);
    await spans.within({ ...piece, attributes: { 'notification.correlation_id': '+919876543210' } }, async (span) =>
      span.fail('refused for 9876543210'),
    );
    await spans.close();
    expect(collector.raw).not.toContain('9876543210');
    expect(collector.raw).toContain('3210');
  });

  it('wait in a bounded number for a collector that is away, and what is too much is lost', async () => {
    await collector.close();
    const spans = spansTo(collector.url);
    for (let piecesOfWork = 0; piecesOfWork < 6_000; piecesOfWork += 1) await spans.within(piece, work);
    await eventually(() => lines.length > 0, { message: 'the log says it' });
    collector = await SpanCollector.listen(collector.port);
    await spans.close();
    expect(collector.spans.length).toBeGreaterThan(0);
    expect(collector.spans.length).toBeLessThanOrEqual(2_048);
    expect(lines).toEqual(['spans_refused', 'spans_taken']);
  });
});

describe('a collector that takes a request and never answers', () => {
  let server: Server;
  beforeAll(async () => {
    server = createServer(() => undefined);
    await once(server.listen(0, '127.0.0.1'), 'listening');
  });
  afterAll(() => void server.close().closeAllConnections());

  it('neither holds up the work nor the end of the process', async () => {
    lines.length = 0;
    const { port } = server.address() as AddressInfo;
    const spans = spansTo(`http://127.0.0.1:${port}`, { timeoutMs: 2_500 });
    expect(await spans.within(piece, async () => 'done')).toBe('done');
    await spans.close();
    expect(lines).toEqual(['spans_refused']);
  });
});

guardLeaks();
