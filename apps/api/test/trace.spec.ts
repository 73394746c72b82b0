import { type OpenSpan, type SpanAttributes, type Spans, type SpanStart } from '@earlybird/ops';
import { AppError } from '@earlybird/core';
import { eventually } from '@earlybird/testing';
import { type ApiUnderTest, startApi } from './api-under-test.js';

const given = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const own = '00-0af7651916cd43dd8448eb211c80319c-00f067aa0ba902b7-01';

/** One span that was there. */
class RecordedSpan implements OpenSpan {
  readonly traceparent = own;
  readonly failures: string[] = [];
  readonly attributes: Record<string, unknown> = {};
  name: string;

  constructor(readonly start: SpanStart) {
    this.name = start.name;
  }

  rename(name: string): void {
    this.name = name;
  }

  note(attributes: SpanAttributes): void {
    Object.assign(this.attributes, attributes);
  }

  tell(): void {
    // What happens within is the reporter's to tell.
  }

  link(): void {
    // Requests have no other trace.
  }

  fail(reason: string): void {
    this.failures.push(reason);
  }
}

function recording() {
  const recorded: RecordedSpan[] = [];
  const spans: Spans = {
    within: (start, work) => {
      const span = new RecordedSpan(start);
      recorded.push(span);
      return work(span);
    },
    current: undefined,
  };
  return { spans, recorded };
}

const body = {
  phone: '+919876543210',
  message_type: 'pause_confirmation',
  context: { customer_name: 'Asha' },
  immediate: false,
};
let api: ApiUnderTest;
afterEach(() => api.close());
const send = (headers: Readonly<Record<string, string>> = {}) =>
  api.call('POST', '/send-message', { as: 'sender', body, headers });

describe('without a collector', () => {
  it.each([
    ['goes on in what follows from the request', given, given],
    ['that is malformed is nobody’s', 'x', undefined],
  ])('the trace of a client %s', async (_, traceparent, carried) => {
    api = await startApi();
    expect((await send({ traceparent })).status).toBe(202);
    expect(api.fakes.queue.take()?.traceparent).toBe(carried);
  });
});

describe('with a collector', () => {
  it('a request has a span in the trace of its client, and what follows goes on from it', async () => {
    const { spans, recorded } = recording();
    api = await startApi({ spans });
    await send({ traceparent: given });
    expect(api.fakes.queue.take()?.traceparent).toBe(own);
    const [span] = recorded;
    expect(span?.start).toMatchObject({ kind: 'server', traceparent: given });
    await eventually(() => span?.name !== 'POST', { message: 'the span is told of the answer' });
    expect(span).toMatchObject({
      name: 'POST /api/notifications/send-message',
      attributes: { 'http.route': '/api/notifications/send-message', 'http.response.status_code': 202 },
      failures: [],
    });
  });

  it('the span of a request is called by its route, and does not fail by what the client did wrong', async () => {
    const { spans, recorded } = recording();
    api = await startApi({ spans });
    await api.call('GET', '/history/nobody', { as: 'viewer' });
    await eventually(() => recorded[0]?.name === 'GET /api/notifications/history/:phone', { message: 'it is named' });
    expect(recorded[0]?.failures).toEqual([]);
  });

  it('the span of a request fails when we do', async () => {
    const { spans, recorded } = recording();
    const search = () => Promise.reject(new AppError('database_unavailable', 'away'));
    api = await startApi({ spans, history: { search } });
    await api.call('GET', '/history', { as: 'viewer' });
    await eventually(() => recorded[0]?.failures.length === 1, { message: 'it fails' });
    expect(recorded[0]?.failures).toEqual(['503']);
  });

  it('probes have none', async () => {
    const { spans, recorded } = recording();
    api = await startApi({ spans });
    await api.call('GET', '/health/live');
    await api.call('GET', '/health');
    expect(recorded).toEqual([]);
  });
});
