import { createHmac } from 'node:crypto';
import { AppError } from '@earlybird/core';
import { type ApiParts } from '../src/api-parts.js';
import { type ApiUnderTest, startApi, webhookKey } from './api-under-test.js';

let api: ApiUnderTest;
afterEach(() => api.close());

const path = '/webhooks/myoperator';
const body = { message_id: 'msg-xyz', status: 'delivered', timestamp: '2026-01-27T10:31:00Z' };
const raw = JSON.stringify(body);

async function start(parts: Partial<ApiParts> = {}): Promise<void> {
  api = await startApi(parts);
}

function report(headers: Readonly<Record<string, string>> = { 'X-Api-Key': webhookKey }, sent: unknown = body) {
  return api.call('POST', path, { as: 'nobody', body: sent, headers });
}

describe('the webhook', () => {
  it('hands every receipt to the broker before it answers', async () => {
    await start();
    const answer = await report();
    expect([answer.status, answer.body]).toEqual([200, { status: 'accepted', received: 1, ignored: 0, unreadable: 0 }]);
    expect(api.fakes.received).toMatchObject([
      { providerMessageId: 'msg-xyz', status: 'delivered', receivedAt: expect.any(Date) as unknown },
    ]);
  });

  it('asks to be called again when the broker does not confirm', async () => {
    const enqueue = () => Promise.reject(new AppError('broker_unavailable', 'away'));
    await start({ receiptQueue: { enqueue } });
    const answer = await report();
    expect([answer.status, answer.body['code']]).toEqual([503, 'broker_unavailable']);
  });

  it('takes a list, and of it what can be read', async () => {
    await start();
    const answer = await report(undefined, [
      body,
      { ...body, status: 'lost' },
      { event_type: 'session.started', payload: {} },
    ]);
    expect([answer.status, answer.body]).toEqual([200, { status: 'accepted', received: 1, ignored: 1, unreadable: 1 }]);
  });

  it('records that a customer wants no marketing any more', async () => {
    await start();
    const stop = {
      event_type: 'message.received',
      event_id: 'e-1',
      timestamp: new Date().toISOString(),
      customer_identifier: '919876543210',
      payload: { id: 'in-1', data: { context: { body: ' stop ' } } },
    };
    expect((await report(undefined, stop)).body).toMatchObject({ status: 'accepted', received: 1 });
    const { number } = await api.fakes.settings.find({ phone: '+919876543210' });
    expect(number).toMatchObject({ marketingOptOut: { source: 'reply' } });
    expect(number?.lastInboundAt).toBeInstanceOf(Date);
  });

  it('says what is wrong with a report', async () => {
    await start();
    const answer = await report(undefined, { status: 'delivered' });
    expect([answer.status, answer.body['code'], answer.body['errors']]).toEqual([
      400,
      'invalid_receipt',
      [{ field: '[0]', message: 'message_id is missing or malformed' }],
    ]);
    expect(api.fakes.received).toEqual([]);
  });

  it.each([
    ['', 'unreadable_body'],
    ['{', 'unreadable_body'],
  ])('refuses %j', async (sent, code) => {
    await start();
    const answer = await report(undefined, sent);
    expect([answer.status, answer.body['code']]).toEqual([400, code]);
  });

  it('takes 1 MB and not more', async () => {
    await start();
    expect((await report(undefined, JSON.stringify({ ...body, more: 'x'.repeat(1_000_000) }))).status).toBe(200);
    expect((await report(undefined, JSON.stringify({ ...body, more: 'x'.repeat(1_100_000) }))).status).toBe(413);
  });

  it('reads a body whatever its content type', async () => {
    await start();
    expect((await report({ 'X-Api-Key': webhookKey, 'Content-Type': 'text/plain' })).status).toBe(200);
  });
});

describe('the credentials of the webhook', () => {
  const hmacSecret = 'a-secret-of-the-webhook';
  const basic = { user: 'myoperator', password: 'a-long-password' };
  const signature = (text: string, encoding: 'hex' | 'base64') =>
    createHmac('sha256', hmacSecret).update(text).digest(encoding);
  const authorization = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

  const settings = {
    key: { apiKey: webhookKey, allowUnauthenticated: false },
    basic: { basic, allowUnauthenticated: false },
    hmac: { hmacSecret, allowUnauthenticated: false },
    all: { apiKey: webhookKey, basic, hmacSecret, allowUnauthenticated: false },
    none: { allowUnauthenticated: false },
    open: { allowUnauthenticated: true },
  };

  it.each<[keyof typeof settings, Readonly<Record<string, string>>, number]>([
    ['key', { 'X-Api-Key': webhookKey }, 200],
    ['key', { 'X-Api-Key': `${webhookKey}x` }, 401],
    ['key', { 'X-Api-Key': '' }, 401],
    ['key', {}, 401],
    ['key', { Authorization: authorization('myoperator:a-long-password') }, 401],
    ['basic', { Authorization: authorization('myoperator:a-long-password') }, 200],
    ['basic', { Authorization: authorization('myoperator:another') }, 401],
    ['basic', { Authorization: 'Basic nonsense!' }, 401],
    ['hmac', { 'X-MyOperator-Signature': signature(raw, 'hex') }, 200],
    ['hmac', { 'X-MyOperator-Signature': `sha256=${signature(raw, 'hex').toUpperCase()}` }, 200],
    ['hmac', { 'X-MyOperator-Signature': signature(raw, 'base64') }, 200],
    ['hmac', { 'X-MyOperator-Signature': signature(`${raw} `, 'hex') }, 401],
    ['hmac', { 'X-MyOperator-Signature': 'x' }, 401],
    ['all', { 'X-Api-Key': 'wrong', 'X-MyOperator-Signature': signature(raw, 'hex') }, 200],
    ['none', { 'X-Api-Key': 'undefined' }, 401],
    ['open', {}, 200],
  ])('(%s configured) %j are answered with %d', async (configured, headers, status) => {
    await start({ webhook: settings[configured] });
    const answer = await report(headers);
    expect(answer.status).toBe(status);
    expect(api.fakes.received).toHaveLength(status === 200 ? 1 : 0);
    if (status === 401) expect(answer.body['code']).toBe('credentials_wrong');
  });

  it('are looked at before the body is', async () => {
    await start();
    expect((await report({}, '{')).status).toBe(401);
  });
});
