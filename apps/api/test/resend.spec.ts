import { type Notification } from '@earlybird/core';
import { aNotification } from '@earlybird/testing';
import { type ApiUnderTest, startApi, tokenFor } from './api-under-test.js';

let api: ApiUnderTest;
beforeEach(async () => (api = await startApi()));
afterEach(() => api.close());

function put(parts: Partial<Notification> = {}): Notification {
  const notification = aNotification({ createdAt: new Date(Date.now() - 3_600_000), status: 'failed', ...parts });
  api.fakes.log.put(notification);
  return notification;
}

async function resend(id: string, body?: unknown) {
  const token = await tokenFor(['operator'], { sub: 'asha' });
  return api.call('POST', `/resend/${id}`, { token, ...(body === undefined ? {} : { body }) });
}

describe('resending', () => {
  it('makes a new message that refers to the old one', async () => {
    const { id } = put();
    const answer = await resend(id);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ status: 'queued', resend_of: id, reference_id: 'order_123', attempt_count: 0 });
    expect(api.fakes.queue.take()?.notificationId).toBe(answer.body['id']);
    const old = await api.call('GET', `/messages/${id}`);
    expect(old.body).toMatchObject({
      status: 'failed',
      resent_as: answer.body['id'],
      resolved: { by: 'asha', how: 'resent' },
      admin_actions: [{ by: 'asha', action: 'resent' }],
    });
  });

  it('gives the same new message to 50 at once', async () => {
    const { id } = put();
    const answers = await Promise.all(Array.from({ length: 50 }, () => resend(id, {})));
    expect(new Set(answers.map(({ status, body }) => `${status} ${String(body['id'])}`)).size).toBe(1);
    expect(await api.fakes.queue.depth('normal')).toBe(1);
  });

  it('takes corrected variables and a note', async () => {
    const { id } = put({ status: 'cancelled' });
    const answer = await resend(id, { context: { order_id: 'order_9' }, note: 'wrong order' });
    const detail = await api.call('GET', `/messages/${String(answer.body['id'])}`);
    expect(detail.body['context']).toMatchObject({ customer_name: 'John Doe', order_id: 'order_9' });
  });

  const passed = new Date(Date.now() - 60_000);
  const reminder = {
    messageType: 'delivery_reminder',
    context: { customer_name: 'J', delivery_date: '2026-02-01' },
    validUntil: passed,
  } as const;

  it.each<[string, Partial<Notification>, object, string]>([
    ['is on its way', { status: 'retrying' }, {}, 'message_in_flight'],
    ['is on its way, whatever is asked for', { status: 'queued' }, { force: true }, 'message_in_flight'],
    ['has arrived', { status: 'delivered' }, {}, 'needs_force'],
    ['has perhaps arrived', { status: 'unknown' }, { force: false }, 'needs_force'],
    ['is about a moment that has passed', reminder, {}, 'expired'],
  ])('is refused for a message that %s', async (_, parts, body, code) => {
    const { id, status } = put(parts);
    const answer = await resend(id, body);
    expect([answer.status, answer.body['code'], answer.body['message_status']]).toEqual([409, code, status]);
  });

  it('is possible with force, and with a new moment', async () => {
    expect((await resend(put({ status: 'read' }).id, { force: true })).status).toBe(200);
    const validUntil = new Date(Date.now() + 3_600_000).toISOString();
    expect((await resend(put(reminder).id, { valid_until: validUntil })).body['valid_until']).toBe(validUntil);
  });

  it('names the successor when that has come to its end', async () => {
    const { id } = put();
    const successor = (await resend(id)).body['id'] as string;
    api.fakes.log.change(successor, (known) => ({ ...known, status: 'failed' }));
    const answer = await resend(id);
    expect([answer.status, answer.body['code'], answer.body['message_id']]).toEqual([409, 'already_resent', successor]);
    expect((await resend(successor)).body['resend_of']).toBe(successor);
  });

  it.each<[object, string]>([
    [{ force: 'yes' }, 'force'],
    [{ valid_until: '2020-01-01T00:00:00Z' }, 'valid_until'],
    [{ valid_until: 'soon' }, 'valid_until'],
    [{ context: 'x' }, 'context'],
    [{ context: { order_id: { $ne: 1 } } }, 'context.order_id'],
    [{ context: { order_id: '' } }, 'context.order_id'],
    [{ unknown: 1 }, 'unknown'],
  ])('refuses the body %j, naming %s', async (body, field) => {
    const { id } = put();
    const answer = await resend(id, body);
    expect([answer.status, answer.body['code'], answer.body['errors']]).toMatchObject([
      422,
      'invalid_fields',
      [{ field }],
    ]);
  });

  it('does not find what is not there', async () => {
    expect((await resend('msg_0000000000000000')).body['code']).toBe('message_not_found');
  });
});
