import { AppError, type NotificationStore } from '@earlybird/core';
import { eventually } from '@earlybird/testing';
import { type ApiUnderTest, startApi, tokenFor } from './api-under-test.js';
import { userRequests, withDigits } from './user-requests.js';

let api: ApiUnderTest;
beforeEach(async () => (api = await startApi()));
afterEach(() => api.close());

const immediate = JSON.parse(withDigits(userRequests.sendAtOnce, '9876543211')) as Request;
const later = JSON.parse(userRequests.sendLater) as Request;

interface Request {
  readonly context: Readonly<Record<string, string>>;
  readonly reference_id: string;
}

function send(body: unknown, headers: Readonly<Record<string, string>> = {}) {
  return api.call('POST', '/send-message', { as: 'sender', body, headers });
}

/** Plays the worker: the queued notification comes to an end. */
async function workerSends(status: 'sent' | 'failed' | 'unknown' | 'retrying'): Promise<void> {
  const envelope = await eventually(() => api.fakes.queue.take(), { message: 'the message is enqueued' });
  api.fakes.log.change(envelope.notificationId, (known) => ({
    ...known,
    status,
    ...(status === 'sent'
      ? { providerMessageId: 'myop-1', text: 'what was sent' }
      : { statusReason: 'provider_error' }),
    statusTimes: { ...known.statusTimes, [status]: new Date('2026-02-01T05:00:01Z') },
  }));
}

describe('an immediate request', () => {
  it('is answered with its outcome', async () => {
    const slow = await restart({ immediateWaitMs: 5_000 });
    const [answer] = await Promise.all([send(immediate), workerSends('sent')]);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      id: expect.stringMatching(/^msg_/) as unknown,
      phone: '+919876543211',
      message_type: 'delivery_reminder',
      type: 'delivery_reminder',
      status: 'sent',
      message_text: 'what was sent',
      sent_at: '2026-02-01T05:00:01.000Z',
      timestamp: '2026-02-01T05:00:01.000Z',
      reference_id: 'order_123',
      myoperator_id: 'myop-1',
      myoperator_message_id: 'myop-1',
    });
    expect(slow).toBe(api);
  });

  it.each(['failed', 'unknown', 'retrying'] as const)('is answered when it is %s', async (status) => {
    await restart({ immediateWaitMs: 5_000 });
    const [answer] = await Promise.all([send(immediate), workerSends(status)]);
    expect([answer.status, answer.body['status'], answer.body['status_reason']]).toEqual([
      200,
      status,
      'provider_error',
    ]);
  });

  it('is answered as queued when there is no outcome in time', async () => {
    const answer = await send(immediate);
    expect([answer.status, answer.body['status']]).toEqual([202, 'queued']);
    expect(answer.body['message_text']).toContain('Your EarlyBird delivery scheduled for February 1');
  });

  it('does not wait for what is never sent', async () => {
    api.fakes.settings.putPerson({ userId: 'cust_1', notificationsEnabled: false });
    const answer = await send({ ...immediate, user_id: 'cust_1' });
    expect([answer.status, answer.body['status'], answer.body['status_reason']]).toEqual([
      200,
      'suppressed',
      'notifications_disabled',
    ]);
  });

  it('is not waited for when the process is to end', async () => {
    await restart({ immediateWaitMs: 60_000, isStopping: () => true });
    expect((await send(immediate)).status).toBe(202);
  });
});

describe('a request that is not immediate', () => {
  it('is taken and enqueued', async () => {
    const answer = await send(later);
    expect(answer.status).toBe(202);
    expect(answer.body).toMatchObject({
      status: 'queued',
      phone: '+919876543210',
      message_text: 'Hi John! Your EarlyBird delivery scheduled for Jan 28 is on track.\nArea: Bandra',
      reference_id: 'sub-123',
      correlation_id: answer.headers.get('x-correlation-id'),
    });
    expect(api.fakes.queue.take()?.notificationId).toBe(answer.body['id']);
  });

  it('waits for its moment', async () => {
    const [sendAt, validUntil] = [3_600_000, 7_200_000].map((ms) => new Date(Date.now() + ms).toISOString());
    const answer = await send({ ...later, send_at: sendAt, valid_until: validUntil });
    expect(answer.body).toMatchObject({ status: 'scheduled', send_at: sendAt, valid_until: validUntil });
    expect(api.fakes.queue.take()).toBeUndefined();
  });

  it('is stored even when the broker is away', async () => {
    api.fakes.queue.lost = true;
    const answer = await send(later);
    expect([answer.status, answer.body['status']]).toEqual([202, 'queued']);
  });

  it("is shown in the recipient's own language", async () => {
    api.fakes.settings.putPerson({ userId: 'cust_1', language: 'hi' });
    const answer = await send({ ...later, user_id: 'cust_1', language: 'en' });
    expect(answer.body).toMatchObject({
      language: 'hi',
      message_text: expect.stringContaining('नमस्ते John जी') as unknown,
    });
  });

  it('takes null as absent in what is optional', async () => {
    expect((await send({ ...later, send_at: null, language: null, reference_id: null })).status).toBe(202);
  });
});

describe('the Idempotency-Key', () => {
  const headers = { 'Idempotency-Key': 'order_123' };

  it('makes a repeated request send once', async () => {
    const first = await send(later, headers);
    const second = await send(later, headers);
    expect(second.body['id']).toBe(first.body['id']);
    expect([first.headers.get('idempotent-replayed'), second.headers.get('idempotent-replayed')]).toEqual([
      null,
      'true',
    ]);
  });

  it('is refused for another body, naming the message it belongs to', async () => {
    const first = await send(later, headers);
    const second = await send({ ...later, reference_id: 'other' }, headers);
    expect([second.status, second.body['code'], second.body['message_id']]).toEqual([
      409,
      'idempotency_conflict',
      first.body['id'],
    ]);
  });

  it('is the same for the same fields in another order', async () => {
    const first = await send({ ...later, context: { a: '1', customer_name: 'J', delivery_date: 'x' } }, headers);
    const second = await send({ ...later, context: { delivery_date: 'x', customer_name: 'J', a: '1' } }, headers);
    expect(second.body['id']).toBe(first.body['id']);
  });

  it('is per client', async () => {
    const first = await send(later, headers);
    const token = await tokenFor(['sender'], { sub: 'another' });
    const second = await api.call('POST', '/send-message', { token, body: later, headers });
    expect(second.body['id']).not.toBe(first.body['id']);
  });

  it('happens once for 20 at once', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => send(later, headers)));
    expect(new Set(answers.map(({ body }) => body['id'])).size).toBe(1);
  });

  it.each(['', 'with space', 'x'.repeat(201)])('is refused when it is %j', async (key) => {
    const answer = await send(later, { 'Idempotency-Key': key });
    expect([answer.status, answer.body['errors']]).toEqual([
      400,
      [{ field: 'Idempotency-Key', message: 'must have 1 to 200 visible ASCII characters, without spaces' }],
    ]);
  });
});

describe('a wrong request', () => {
  const far = new Date(Date.now() + 91 * 86_400_000).toISOString();

  it.each<[string, object, readonly [field: string, message: RegExp][]]>([
    [
      'an empty body',
      {},
      [
        ['phone', /is missing/],
        ['message_type', /is missing/],
        ['context', /is missing/],
      ],
    ],
    ['a bare number', { ...later, phone: '9876543210' }, [['phone', /must start with \+.*\+919876543210/]]],
    ['a number without +', { ...later, phone: '919876543210' }, [['phone', /must start with \+/]]],
    ['a landline', { ...later, phone: '+912227782183' }, [['phone', /no possible mobile number/]]],
    ['an operator as phone', { ...later, phone: { $ne: null } }, [['phone', /must be text/]]],
    [
      'an unknown type',
      { ...later, message_type: 'spam' },
      [['message_type', /must be one of order_confirmation, .*new_product/]],
    ],
    ['an operator as type', { ...later, message_type: { $gt: '' } }, [['message_type', /must be one of/]]],
    [
      'missing variables',
      { ...later, context: { customer_name: ' ' } },
      [
        ['context.customer_name', /is missing: delivery_reminder needs it/],
        ['context.delivery_date', /is missing/],
      ],
    ],
    ['a context that is a list', { ...later, context: [] }, [['context', /must be an object/]]],
    [
      'an operator as variable',
      { ...later, context: { ...later.context, area: { $ne: null } } },
      [['context.area', /must be text/]],
    ],
    [
      'a variable with an odd name',
      { ...later, context: { ...later.context, 'a.b': 1, $set: 2 } },
      [
        ['context.a.b', /is no name/],
        ['context.$set', /is no name/],
      ],
    ],
    [
      'a huge variable',
      { ...later, context: { ...later.context, area: 'x'.repeat(2_001) } },
      [['context.area', /at most 2000/]],
    ],
    ['an unknown field', { ...later, hello: 1 }, [['hello', /is unknown here/]]],
    ['a text as flag', { ...later, immediate: 'yes' }, [['immediate', /must be true or false/]]],
    ['an impossible date', { ...later, send_at: '2026-02-30T06:00:00Z' }, [['send_at', /must be an instant/]]],
    ['a date without offset', { ...later, send_at: '2026-02-01T06:00:00' }, [['send_at', /must be an instant/]]],
    ['a moment too far ahead', { ...later, send_at: far }, [['send_at', /at most 90 days/]]],
    ['a validity in the past', { ...later, valid_until: '2020-01-01T00:00:00Z' }, [['valid_until', /has passed/]]],
    ['a language that is none', { ...later, language: 'English!' }, [['language', /language tag/]]],
    ['a reference that is empty', { ...later, reference_id: '' }, [['reference_id', /must not be empty/]]],
    [
      'a reference with control characters',
      { ...later, reference_id: 'a\nb' },
      [['reference_id', /control characters/]],
    ],
    [
      'several faults',
      { ...later, phone: 'x', immediate: 1, more: 1, context: {} },
      [
        ['more', /unknown/],
        ['phone', /\+/],
        ['immediate', /true or false/],
        ['context.customer_name', /missing/],
        ['context.delivery_date', /missing/],
      ],
    ],
  ])('with %s names every field', async (_, body, expected) => {
    const answer = await send(body);
    expect([answer.status, answer.body['code']]).toEqual([422, 'invalid_fields']);
    const errors = answer.body['errors'] as readonly { readonly field: string; readonly message: string }[];
    expect(errors.map(({ field }) => field).sort()).toEqual(expected.map(([field]) => field).sort());
    for (const [field, message] of expected)
      expect(errors.find((error) => error.field === field)?.message).toMatch(message);
  });

  it.each<[string, string, Readonly<Record<string, string>>, number, string]>([
    ['no JSON', '{"a":', {}, 400, 'unreadable_body'],
    ['a list', '[]', {}, 400, 'unreadable_body'],
    ['a text', '"x"', {}, 400, 'unreadable_body'],
    ['a form', 'a=b', { 'Content-Type': 'application/x-www-form-urlencoded' }, 415, 'unsupported_media_type'],
    [
      'an unknown charset',
      '{}',
      { 'Content-Type': 'application/json; charset=klingon' },
      415,
      'unsupported_media_type',
    ],
    ['65 KB', JSON.stringify({ a: 'x'.repeat(65 * 1_024) }), {}, 413, 'body_too_large'],
    ['10 MB', JSON.stringify({ a: 'x'.repeat(10 * 1_024 * 1_024) }), {}, 413, 'body_too_large'],
    ['a prototype', '{"__proto__": {"phone": "+919876543210"}, "constructor": 1}', {}, 422, 'invalid_fields'],
  ])('with %s as body is refused', async (_, body, headers, status, code) => {
    const answer = await send(body, headers);
    expect([answer.status, answer.body['code']]).toEqual([status, code]);
    expect(answer.text).not.toMatch(/node_modules|\.js:|at \w+/);
  });
});

describe('a lost server', () => {
  it('is told with its reason, and when to come back', async () => {
    const create = () => Promise.reject(new AppError('database_unavailable', 'mongodb://secret@host is away'));
    await restart({ notifications: failing({ create }) });
    const answer = await send(later);
    expect([answer.status, answer.body['code'], answer.headers.get('retry-after')]).toEqual([
      503,
      'database_unavailable',
      '5',
    ]);
    expect(answer.text).not.toContain('secret');
  });

  it('is told apart from a bug, of which nothing is told', async () => {
    const create = () => Promise.reject(new Error('boom at /some/path'));
    await restart({ notifications: failing({ create }) });
    const answer = await send(later);
    expect([answer.status, answer.body['code']]).toEqual([500, 'internal_error']);
    expect(answer.text).not.toContain('boom');
  });
});

function failing(methods: Partial<NotificationStore>): NotificationStore {
  const { notifications } = api.fakes.parts;
  return new Proxy(notifications, {
    get: (target, name): unknown => Reflect.get(methods, name) ?? Reflect.get(target, name),
  });
}

async function restart(parts: Parameters<typeof startApi>[0]): Promise<ApiUnderTest> {
  await api.close();
  api = await startApi(parts);
  return api;
}
