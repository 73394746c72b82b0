import { sampleEvent } from '@earlybird/events';
import {
  type CollectedSpan,
  eventually,
  guardLeaks,
  type RunningSystem,
  SpanCollector,
  startSystem,
} from '@earlybird/testing';

const failsTwice = '+919999900002';
const traceOf = (digit: string) => digit.repeat(32);
const traceparentIn = (trace: string) => `00-${trace}-b7ad6b7169203331-01`;
const headers = 'x-api-key=key-of-the-collector';

describe('spans', () => {
  let collector: SpanCollector;
  let system: RunningSystem;
  let ids: { readonly traced: string; readonly untraced: string };
  beforeAll(async () => {
    collector = await SpanCollector.listen();
    const env = {
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_EXPORTER_OTLP_HEADERS: headers,
      // A batch for a collector that is away is given up, and told, at once.
      OTEL_EXPORTER_OTLP_TIMEOUT: '200',
    };
    system = await startSystem({ api: true, workerEnv: env, apiEnv: env });
    // All at once: a batch leaves a second after its first span.
    const [traced, untraced] = await Promise.all([
      order('traced', traceOf('a')),
      order('untraced', undefined, '+919876543213'),
      ask(),
    ]);
    ids = { traced, untraced };
  }, 60_000);
  afterAll(async () => {
    await system.stop();
    await collector.close();
  });

  const spansOf = (trace: string) => collector.spans.filter((span) => span.traceId === trace);
  const named = (spans: readonly CollectedSpan[], name: string) => spans.filter((span) => span.name === name);

  async function order(id: string, trace: string | undefined, phone = failsTwice): Promise<string> {
    const event = sampleEvent('order.created', { id, time: new Date(), customer: { phone } });
    await system.publishers.publish({ ...event, ...(trace !== undefined && { traceparent: traceparentIn(trace) }) });
    return eventually(
      async () => {
        const found = await system.record.notificationOf(id);
        return (found?.status === 'sent' || found?.status === 'read' || found?.status === 'delivered') && found._id;
      },
      { withinMs: 15_000, message: `${id} is sent` },
    );
  }

  async function ask(): Promise<void> {
    const { origin, prefix, authorization } = await system.apiAccess();
    const body = { phone: '+919876543210', message_type: 'pause_confirmation', context: { customer_name: 'Asha' } };
    const answer = await fetch(`${origin}${prefix}/send-message`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json', traceparent: traceparentIn(traceOf('b')) },
      body: JSON.stringify({ ...body, immediate: true }),
    });
    if (answer.status !== 200) throw new Error(`the api answered ${answer.status}`);
  }

  it('tell the story of an event from its acceptance to the last attempt, in the trace of its publisher', async () => {
    const trace = traceOf('a');
    const spans = await eventually(() => spansOf(trace).length >= 7 && spansOf(trace), { message: 'all are there' });
    const [acceptance, ...others] = named(spans, 'process notifications.events');
    expect(others).toEqual([]);
    expect(acceptance).toMatchObject({
      service: 'notifications-worker',
      parentSpanId: 'b7ad6b7169203331',
      failure: undefined,
      attributes: { 'cloudevents.event_type': 'order.created', 'notification.id': ids.traced },
      happenings: ['event_accepted'],
    });
    const dispatches = named(spans, 'process notifications.dispatch');
    const about = dispatches.map(({ parentSpanId, failure, attributes }) => ({
      parentSpanId,
      failure,
      attempt: Number(attributes['notification.attempt']),
      outcome: attributes['notification.outcome'],
    }));
    const { spanId: parentSpanId } = acceptance ?? { spanId: 'none' };
    expect(about).toEqual([
      { parentSpanId, failure: 'provider_error', attempt: 1, outcome: 'deferred' },
      { parentSpanId, failure: 'provider_error', attempt: 2, outcome: 'deferred' },
      { parentSpanId, failure: undefined, attempt: 3, outcome: 'accepted' },
    ]);
    const requests = named(spans, 'send myoperator');
    expect(requests.map((span) => span.parentSpanId)).toEqual(dispatches.map((span) => span.spanId));
    expect(requests.map((span) => Number(span.attributes['http.response.status_code']))).toEqual([500, 500, 200]);
  });

  it('begin a trace of their own where the publisher has none, and the log follows it', async () => {
    const lines = await eventually(
      () => {
        const all = (system.workers[0]?.log() ?? []).filter((line) => line['notificationId'] === ids.untraced);
        return all.some((line) => line.event === 'attempt_finished') && all;
      },
      { message: 'the log tells it' },
    );
    const traces = new Set(lines.map((line) => line['traceId']));
    expect([...traces]).toEqual([expect.stringMatching(/^[\da-f]{32}$/)]);
    await eventually(() => spansOf(String([...traces][0])).length >= 3, { message: 'the whole story has one trace' });
  });

  it('lead from a request over REST to its attempt', async () => {
    const trace = traceOf('b');
    const spans = await eventually(() => spansOf(trace).length >= 3 && spansOf(trace), { message: 'all are there' });
    const [request] = named(spans, 'POST /api/notifications/send-message');
    expect(request).toMatchObject({ service: 'notifications-api', happenings: ['notification_requested'] });
    expect(named(spans, 'process notifications.dispatch')[0]?.parentSpanId).toBe(request?.spanId);
  });

  it('lead from a request over REST to the command that the worker carries out, and its log line', async () => {
    const { origin, prefix, authorization } = await system.apiAccess();
    const trace = traceOf('9');
    const answer = await fetch(`${origin}${prefix}/process-queue`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json', traceparent: traceparentIn(trace) },
      body: '{}',
    });
    expect(answer.status).toBe(200);
    const spans = await eventually(() => spansOf(trace).length >= 2 && spansOf(trace), { message: 'both are there' });
    const [request] = named(spans, 'POST /api/notifications/process-queue');
    expect(named(spans, 'process notifications.commands')).toMatchObject([
      {
        service: 'notifications-worker',
        parentSpanId: request?.spanId,
        attributes: { 'notification.command': 'release_waiting', 'notification.result': 'done' },
        happenings: ['command_answered'],
      },
    ]);
    expect(system.workers[0]?.log('command_answered')).toMatchObject([{ traceId: trace }]);
  });

  it('lead from a receipt to the webhook that took it, and to the trace of its message', async () => {
    const recorded = await eventually(
      () => {
        const linked = collector.spans.filter((span) => span.linkedTraces.includes(traceOf('a')));
        return linked.length >= 3 && linked;
      },
      { message: 'sent, delivered and read are told' },
    );
    expect(new Set(recorded.map((span) => span.name))).toEqual(new Set(['process notifications.receipts']));
    const calls = await eventually(
      () => {
        const taken = named(collector.spans, 'POST /api/notifications/webhooks/myoperator');
        return recorded.every(({ parentSpanId }) => taken.some(({ spanId }) => spanId === parentSpanId)) && taken;
      },
      { message: 'each goes on from a call of the webhook' },
    );
    expect(calls[0]?.service).toBe('notifications-api');
    const linesOf = (trace: string) =>
      (system.workers[0]?.log('receipt_recorded') ?? []).filter((line) => line['traceId'] === trace);
    await eventually(() => linesOf(traceOf('a')).length === 3, { message: 'the log follows the message' });
  });

  it('hold no phone, name or text, and carry the headers that the collector asks for', () => {
    expect(collector.headers.every((given) => given['x-api-key'] === 'key-of-the-collector')).toBe(true);
    expect(collector.raw).toContain('notification.id');
    expect(collector.raw).not.toMatch(/9999900002|9876543210|Asha/);
  });

  it('change nothing about sending while the collector is away, which the log says once', async () => {
    await collector.close();
    const worker = system.workers[0];
    for (const id of ['away 1', 'away 2', 'away 3']) {
      await order(id, traceOf('c'), '+919876543211');
      await eventually(() => worker?.log('spans_refused').length === 1, { message: 'the log says it' });
    }
    collector = await SpanCollector.listen(collector.port);
    await order('back', traceOf('d'), '+919876543211');
    await eventually(() => spansOf(traceOf('d')).length >= 3, { message: 'spans reach it again' });
    await eventually(() => worker?.log('spans_taken').length === 2, { message: 'the log says it' });
    expect(worker?.log('spans_refused')).toHaveLength(1);
    expect(worker?.output.join('\n')).not.toContain('key-of-the-collector');
  });

  it('that wait at a stop are sent before the process ends', async () => {
    await order('last', traceOf('e'), '+919876543212');
    expect(await system.workers[0]?.stop()).toBe(0);
    expect(spansOf(traceOf('e')).map((span) => span.name)).toContain('send myoperator');
  });
});

guardLeaks();
