import { AppError, type Notification } from '@earlybird/core';
import { Metrics } from '@earlybird/ops';
import { aFinishedAttempt, after, anAttempt, aNotification } from '@earlybird/testing';
import { type ApiUnderTest, startApi, tokenFor } from './api-under-test.js';

let api: ApiUnderTest;
beforeEach(async () => (api = await startApi()));
afterEach(() => api.close());

const hour = 3_600_000;

function put(parts: Partial<Notification> = {}): Notification {
  const notification = aNotification({ createdAt: new Date(Date.now() - hour), ...parts });
  api.fakes.log.put(notification);
  return notification;
}

async function ids(query: string, token?: string): Promise<readonly unknown[]> {
  const answer = await api.call('GET', `/history${query}`, token === undefined ? { as: 'viewer' } : { token });
  expect(answer.status).toBe(200);
  return (answer.body['messages'] as readonly { readonly id: string }[]).map(({ id }) => id);
}

describe('the history', () => {
  it('is searched by every filter', async () => {
    const wanted = put({
      recipient: { phone: '+919876543299', userId: 'cust_9' },
      referenceId: 'order_9',
      correlationId: 'trace-9',
      event: { type: 'order.created', source: '/services/orders', id: 'evt_9' },
      messageType: 'new_product',
      status: 'failed',
      lastAttemptNumber: 3,
    });
    put();
    for (const query of [
      '?phone=%2B919876543299',
      '?phone=+919876543299',
      '/%2B919876543299',
      '/+919876543299',
      '?user_id=cust_9',
      '?reference_id=order_9',
      '?correlation_id=trace-9',
      '?event_id=evt_9',
      '?message_type=new_product',
      '?status=failed',
      '?status=retried',
      '?phone=%2B919876543299&status=failed&days=7',
      '/%2B919876543299?status=failed&limit=1',
    ])
      expect([query, await ids(query)]).toEqual([query, [wanted.id]]);
  });

  it('is searched by time', async () => {
    const [old, young] = [put({ createdAt: new Date(Date.now() - 8 * 24 * hour) }), put()];
    expect(await ids('?days=7')).toEqual([young.id]);
    expect(await ids('?days=9')).toEqual([young.id, old.id]);
    const middle = new Date(Date.now() - 2 * hour).toISOString();
    expect(await ids(`?from=${middle}`)).toEqual([young.id]);
    expect(await ids(`?to=${middle}`)).toEqual([old.id]);
    expect(await ids('?from=2026-02-01&to=2026-02-02')).toEqual([]);
  });

  it('comes in pages that stay right while notifications are added', async () => {
    const known = Array.from(
      { length: 5 },
      (_, index) => put({ createdAt: new Date(Date.now() - hour + index) }).id,
    ).reverse();
    const first = await api.call('GET', '/history?limit=2');
    expect(first.body).toMatchObject({ count: 2, limit: 2, next: expect.any(String) as unknown });
    put({ createdAt: new Date() });
    const second = await api.call('GET', `/history?limit=2&cursor=${String(first.body['next'])}`);
    const third = await api.call('GET', `/history?limit=2&cursor=${String(second.body['next'])}`);
    const seen = [first, second, third].flatMap(({ body }) => body['messages'] as readonly { readonly id: string }[]);
    expect(seen.map(({ id }) => id)).toEqual(known);
    expect(third.body).not.toHaveProperty('next');
  });

  it('comes in pages of notifications created in the same millisecond', async () => {
    const createdAt = new Date(Date.now() - hour);
    const known = new Set(Array.from({ length: 7 }, () => put({ createdAt }).id));
    const seen: string[] = [];
    for (let cursor = ''; ;) {
      const { body } = await api.call('GET', `/history?limit=3${cursor}`);
      seen.push(...(body['messages'] as readonly { readonly id: string }[]).map(({ id }) => id));
      if (body['next'] === undefined) break;
      cursor = `&cursor=${body['next'] as string}`;
    }
    expect([seen.length, new Set(seen)]).toEqual([7, known]);
  });

  it("also takes the user's skip", async () => {
    const [old, young] = [put({ createdAt: new Date(Date.now() - 2 * hour) }), put()];
    expect(await ids('?skip=1')).toEqual([old.id]);
    expect(await ids('?skip=0&limit=1')).toEqual([young.id]);
  });

  it('shows a sender what it sent itself', async () => {
    const own = put({ requestedBy: 'shop' });
    put({ requestedBy: 'other' });
    put();
    expect(await ids('', await tokenFor(['sender'], { sub: 'shop' }))).toEqual([own.id]);
    expect(await ids('', await tokenFor(['sender', 'viewer'], { sub: 'shop' }))).toHaveLength(3);
  });

  it("does not take a cursor of another query or another client's", async () => {
    [put({ requestedBy: 'shop' }), put({ requestedBy: 'shop' })].forEach(() => undefined);
    const token = await tokenFor(['sender'], { sub: 'shop' });
    const { next } = (await api.call('GET', '/history?limit=1', { token })).body;
    const answers = [
      await api.call('GET', `/history?limit=1&status=sent&cursor=${String(next)}`, { token }),
      await api.call('GET', `/history?limit=1&cursor=${String(next)}`),
      await api.call('GET', `/history/%2B919876543210?limit=1&cursor=${String(next)}`, { token }),
      await api.call('GET', `/unknown?limit=1&cursor=${String(next)}`),
      await api.call('GET', `/history?limit=1&cursor=${String(next)}`, { token }),
    ];
    expect(answers.map(({ status, body }) => [status, body['code']])).toEqual([
      [400, 'invalid_cursor'],
      [400, 'invalid_cursor'],
      [400, 'invalid_cursor'],
      [400, 'invalid_cursor'],
      [200, undefined],
    ]);
  });

  it.each([
    ['?limit=-1', 'limit'],
    ['?limit=0', 'limit'],
    ['?limit=201', 'limit'],
    ['?limit=1.5', 'limit'],
    ['?limit=', 'limit'],
    ['?limit=1&limit=2', 'limit'],
    ['?skip=-1', 'skip'],
    ['?skip=99999', 'skip'],
    ['?days=0', 'days'],
    ['?days=x', 'days'],
    ['?from=2026-02-30', 'from'],
    ['?to=yesterday', 'to'],
    ['?from=2026-02-02&to=2026-02-01', 'from'],
    ['?from=2026-02-02&days=2', 'days'],
    ['?status=lost', 'status'],
    ['?status[$ne]=sent', 'status[$ne]'],
    ['?phone[$ne]=x', 'phone[$ne]'],
    ['?phone=9876543210', 'phone'],
    ['?message_type=spam', 'message_type'],
    ['?hello=1', 'hello'],
    ['?reference_id=', 'reference_id'],
    ['/9876543210', 'phone'],
    ['/%2B919876543210?phone=%2B919876543210', 'phone'],
    ['/%2B919876543210?limit=no', 'limit'],
  ])('refuses %s, naming %s', async (query, field) => {
    const answer = await api.call('GET', `/history${query}`);
    expect([answer.status, answer.body['code']]).toEqual([400, 'invalid_parameters']);
    const errors = answer.body['errors'] as readonly { readonly field: string }[];
    expect(errors.map((error) => error.field)).toEqual([field]);
  });

  it.each([
    'nonsense',
    'e30',
    Buffer.from('["a",1e999,"b"]').toString('base64url'),
    Buffer.from('[1,2,3]').toString('base64url'),
  ])('refuses the cursor %s', async (cursor) => {
    const answer = await api.call('GET', `/history?cursor=${cursor}`);
    expect([answer.status, answer.body['code']]).toEqual([400, 'invalid_cursor']);
  });
});

describe('a message', () => {
  it('is shown with its attempts, its receipts and where it is', async () => {
    const failed = aFinishedAttempt({ number: 1, outcome: 'deferred', reason: 'provider_error', errorCode: '131000' });
    const nextAttemptAt = new Date(Date.now() + 60_000);
    const { id } = put({
      status: 'retrying',
      statusReason: 'provider_error',
      attempts: [failed],
      lastAttemptNumber: 1,
      nextAttemptAt,
      receipts: [{ status: 'failed', at: after(1), receivedAt: after(2), errorCode: '131026' }],
      adminActions: [{ at: after(3), by: 'asha', action: 'released' }],
      text: 'Hi John!',
    });
    const answer = await api.call('GET', `/messages/${id}`, { as: 'viewer' });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      id,
      phone: '+919876543210',
      status: 'retrying',
      message_text: 'Hi John!',
      next_attempt_at: nextAttemptAt.toISOString(),
      event_type: 'order.created',
      attempt_count: 1,
      attempts: [{ number: 1, outcome: 'deferred', reason: 'provider_error', error_code: '131000', times: 1 }],
      receipts: [{ status: 'failed', error_code: '131026' }],
      admin_actions: [{ by: 'asha', action: 'released' }],
      where: { place: 'delay_queue', queue: 'retry normal 300000', until: nextAttemptAt.toISOString() },
      context: { customer_name: 'John Doe' },
    });
    expect(JSON.stringify(answer.body)).not.toContain('null');
  });

  it("has the user's fields when it is delivered", async () => {
    const { id } = put({
      status: 'read',
      providerMessageId: 'myop-7',
      statusTimes: { queued: after(0), read: after(5_000) },
    });
    const { body } = await api.call('GET', `/messages/${id}`);
    expect(body).toMatchObject({
      status: 'read',
      myoperator_message_id: 'myop-7',
      sent_at: after(5_000).toISOString(),
      delivered_at: after(5_000).toISOString(),
      read_at: after(5_000).toISOString(),
    });
  });

  const soon = new Date(Date.now() + hour);

  it.each<[Partial<Notification>, object]>([
    [
      { status: 'scheduled', dueAt: soon },
      { place: 'schedule', until: soon.toISOString() },
    ],
    [
      { status: 'queued', lane: 'bulk' },
      { place: 'dispatch_queue', queue: 'dispatch bulk' },
    ],
    [
      { status: 'queued', nextAttemptAt: soon },
      { place: 'defer_queue', queue: 'defer normal', until: soon.toISOString() },
    ],
    [{ status: 'queued', nextAttemptAt: after(0) }, { place: 'dispatch_queue' }],
    [{ status: 'retrying', nextAttemptAt: after(0) }, { place: 'dispatch_queue' }],
    [
      { status: 'sending', attempts: [anAttempt({ number: 1, leaseUntil: soon })] },
      { place: 'worker', until: soon.toISOString() },
    ],
    [{ status: 'unknown' }, { place: 'person' }],
    [{ status: 'sent' }, { place: 'provider' }],
    [{ status: 'delivered' }, { place: 'done' }],
    [
      { status: 'failed', statusReason: 'attempts_exhausted' },
      { place: 'dead_letter_queue', queue: 'parked' },
    ],
    [
      { status: 'failed', statusReason: 'attempts_exhausted', resolved: { by: 'a', at: after(0), how: 'resent' } },
      { place: 'done' },
    ],
    [{ status: 'failed', statusReason: 'bad_number' }, { place: 'done' }],
    [{ status: 'cancelled' }, { place: 'done' }],
  ])('that is %j is at %j', async (parts, where) => {
    const { id } = put(parts);
    expect((await api.call('GET', `/messages/${id}`)).body['where']).toMatchObject(where);
  });

  it('says in words why it did not arrive, and what helps', async () => {
    const { id } = put({ status: 'failed', statusReason: 'too_long' });
    const explanation = expect.stringMatching(/4,096 characters.*Shorten the template, then resend/) as unknown;
    expect((await api.call('GET', `/messages/${id}`)).body).toMatchObject({ status_reason: 'too_long', explanation });
    expect((await api.call('GET', '/history')).body['messages']).toMatchObject([{ explanation }]);
    const { body } = await api.call('GET', '/failures');
    expect(body['groups']).toMatchObject([{ cause: 'too_long', explanation }]);
  });

  it('that nobody knows is not found', async () => {
    const answer = await api.call('GET', '/messages/msg_0000000000000000');
    expect([answer.status, answer.body['code']]).toEqual([404, 'message_not_found']);
  });

  it('of somebody else is not found by a sender', async () => {
    const { id } = put({ requestedBy: 'other' });
    const token = await tokenFor(['sender'], { sub: 'shop' });
    expect((await api.call('GET', `/messages/${id}`, { token })).status).toBe(404);
    expect(
      (await api.call('GET', `/messages/${id}`, { token: await tokenFor(['sender'], { sub: 'other' }) })).status,
    ).toBe(200);
  });

  it.each(['x', 'msg_', '%7B%22$ne%22:1%7D', 'msg_A'])('cannot be called %s', async (id) => {
    const answer = await api.call('GET', `/messages/${id}`);
    expect([answer.status, answer.body['code']]).toEqual([400, 'invalid_parameters']);
  });
});

describe('templates', () => {
  it('are listed', async () => {
    const { body } = await api.call('GET', '/templates', { as: 'viewer' });
    expect(body['count']).toBe(20);
    const templates = body['templates'] as readonly { readonly message_type: string; readonly language: string }[];
    const wanted = templates.find((one) => one.message_type === 'order_confirmation' && one.language === 'en');
    expect(wanted).toMatchObject({
      version: 1,
      state: 'published',
      required_variables: ['customer_name', 'order_id'],
      validity_minutes: 1_440,
      quiet_hours: 'ignore',
    });
  });

  it('of one type are shown in every language', async () => {
    const { body } = await api.call('GET', '/templates/churn_risk');
    expect((body['templates'] as readonly { readonly language: string }[]).map(({ language }) => language)).toEqual([
      'en',
      'hi',
    ]);
  });

  it('of an unknown type are refused', async () => {
    expect((await api.call('GET', '/templates/spam')).status).toBe(400);
  });
});

describe('health', () => {
  it("is told in the user's words", async () => {
    const { status, body } = await api.call('GET', '/health', { as: 'nobody' });
    expect(status).toBe(200);
    expect(body).toEqual({
      status: 'healthy',
      message: 'WhatsApp notification service is running',
      uptime_seconds: expect.any(Number) as unknown,
      dependencies: { mongodb: { status: 'up' }, rabbitmq: { status: 'up' } },
    });
  });

  it.each(['/health', '/health/ready'])('says at %s what is missing', async (path) => {
    api.fakes.mongodb.down('no writable MongoDB');
    const { status, body } = await api.call('GET', path, { as: 'nobody' });
    expect(status).toBe(503);
    expect(body).toMatchObject({
      status: 'unhealthy',
      message: 'WhatsApp notification service waits for mongodb',
      dependencies: { mongodb: { status: 'down', reason: 'no writable MongoDB' }, rabbitmq: { status: 'up' } },
    });
    expect((await api.call('GET', '/health/live', { as: 'nobody' })).status).toBe(200);
  });
});

describe('every answer', () => {
  it('tells nothing about us', async () => {
    const answer = await api.call('GET', '/health', { as: 'nobody' });
    expect(answer.headers.get('x-powered-by')).toBeNull();
    expect(answer.headers.get('server')).toBeNull();
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('strict-transport-security')).not.toBeNull();
  });

  it.each([
    ['GET', '/nothing', 404, 'route_not_found'],
    ['GET', '//nothing', 404, 'route_not_found'],
    ['DELETE', '/history', 404, 'route_not_found'],
    ['GET', '/history/%zz', 400, 'invalid_parameters'],
    ['GET', '/messages/%E0%A4%A', 400, 'invalid_parameters'],
  ])('to %s %s is a problem document', async (method, path, status, code) => {
    const answer = await api.call(method, path);
    expect([answer.status, answer.body['code']]).toEqual([status, code]);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  });

  it('carries the correlation id of its request', async () => {
    const own = await api.call('GET', '/history', { headers: { 'X-Correlation-Id': 'order-7' } });
    expect(own.headers.get('x-correlation-id')).toBe('order-7');
    const odd = await api.call('GET', '/history', { headers: { 'X-Correlation-Id': 'a b "c"' } });
    expect(odd.headers.get('x-correlation-id')).toMatch(/^[\w-]{36}$/);
  });

  it('lets browsers in from configured origins only', async () => {
    const open = await startApi({}, { corsOrigins: ['https://admin.example.com'] });
    const ask = (origin: string) => open.call('GET', '/health', { headers: { Origin: origin } });
    expect((await ask('https://admin.example.com')).headers.get('access-control-allow-origin')).toBe(
      'https://admin.example.com',
    );
    expect((await ask('https://evil.example.com')).headers.get('access-control-allow-origin')).toBeNull();
    await open.close();
  });

  it('says when the database is away, and counts what it could not answer, but not what the client did wrong', async () => {
    const search = () => Promise.reject(new AppError('database_unavailable', 'away'));
    const metrics = new Metrics('api', { withNode: false });
    const broken = await startApi({ history: { search }, metrics });
    const answer = await broken.call('GET', '/history');
    await broken.call('GET', '/history?limit=none');
    await broken.close();
    expect([answer.status, answer.body['code']]).toEqual([503, 'database_unavailable']);
    expect((await metrics.expose()).body).toContain('\nhttp_failures_total 1\n');
  });
});
