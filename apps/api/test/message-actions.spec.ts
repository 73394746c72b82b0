import { type Notification } from '@earlybird/core';
import { aFinishedAttempt, after, aNotification } from '@earlybird/testing';
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

async function act(path: string, body?: unknown) {
  const token = await tokenFor(['operator'], { sub: 'asha' });
  return api.call('POST', path, { token, ...(body === undefined ? {} : { body }) });
}

describe('cancelling', () => {
  it.each([[undefined], [{}], [{ note: 'wrong customer' }]])('with the body %j stops what waits', async (body) => {
    const { id } = put({ status: 'scheduled', dueAt: new Date(Date.now() + hour) });
    const answer = await act(`/messages/${id}/cancel`, body);
    expect([answer.status, answer.body['status'], answer.body['status_reason']]).toEqual([
      200,
      'cancelled',
      'by_admin',
    ]);
    expect(answer.body['admin_actions']).toMatchObject([{ by: 'asha', action: 'cancelled', ...body }]);
    expect(answer.body).not.toHaveProperty('send_at');
  });

  it('comes too late for what has come to something', async () => {
    const { id } = put({ status: 'sent' });
    const answer = await act(`/messages/${id}/cancel`, {});
    expect([answer.status, answer.body['code'], answer.body['message_status']]).toEqual([
      409,
      'not_cancellable',
      'sent',
    ]);
  });

  it('does not find what is not there', async () => {
    expect((await act('/messages/msg_0000000000000000/cancel', {})).status).toBe(404);
  });

  it.each([[{ note: 7 }], [{ note: 'x'.repeat(501) }], [{ why: 'x' }], [{ note: { $ne: null } }]])(
    'refuses the body %j',
    async (body) => {
      const { id } = put();
      const answer = await act(`/messages/${id}/cancel`, body);
      expect([answer.status, answer.body['code']]).toEqual([422, 'invalid_fields']);
    },
  );
});

describe('resolving', () => {
  it.each(['sent', 'failed'])('settles a doubt as %s', async (as) => {
    const { id } = put({ status: 'unknown' });
    const answer = await act(`/messages/${id}/resolve`, { as });
    expect([answer.status, answer.body['status']]).toEqual([200, as]);
    expect(answer.body['resolved']).toMatchObject({ by: 'asha', how: `resolved_as_${as}` });
  });

  it('is for what is in doubt', async () => {
    const { id } = put({ status: 'failed' });
    const answer = await act(`/messages/${id}/resolve`, { as: 'sent' });
    expect([answer.status, answer.body['code'], answer.body['message_status']]).toEqual([
      409,
      'not_in_doubt',
      'failed',
    ]);
  });

  it.each([[{}], [{ as: 'read' }], [{ as: null }], [undefined]])('refuses the body %j', async (body) => {
    const { id } = put({ status: 'unknown' });
    const answer = await act(`/messages/${id}/resolve`, body);
    expect([answer.status, answer.body['errors']]).toMatchObject([422, [{ field: 'as' }]]);
  });
});

describe('the messages in doubt', () => {
  it('are listed by their age', async () => {
    const [old, young] = [
      put({ status: 'unknown', createdAt: new Date(Date.now() - 30 * hour) }),
      put({ status: 'unknown' }),
    ];
    const ids = async (query: string) => {
      const { body } = await api.call('GET', `/unknown${query}`);
      return (body['messages'] as readonly { readonly id: string }[]).map(({ id }) => id);
    };
    expect(await ids('')).toEqual([young.id, old.id]);
    expect(await ids('?older_than_hours=24')).toEqual([old.id]);
    const { next } = (await api.call('GET', '/unknown?older_than_hours=0&limit=1')).body;
    expect(await ids(`?older_than_hours=0&limit=1&cursor=${String(next)}`)).toEqual([old.id]);
    expect((await api.call('GET', `/unknown?older_than_hours=5&cursor=${String(next)}`)).body['code']).toBe(
      'invalid_cursor',
    );
  });

  it.each(['?older_than_hours=-1', '?status=sent', '?limit=0'])('refuse %s', async (query) => {
    expect((await api.call('GET', `/unknown${query}`)).status).toBe(400);
  });
});

describe('the trace', () => {
  it('tells the story from the event to what comes next', async () => {
    const createdAt = new Date('2026-02-01T05:00:00Z');
    const { id } = put({
      createdAt,
      event: { type: 'order.created', source: '/services/orders', id: 'evt_9' },
      status: 'retrying',
      statusReason: 'provider_error',
      statusTimes: { scheduled: createdAt, queued: after(1_000, createdAt), retrying: after(3_000, createdAt) },
      attempts: [
        aFinishedAttempt({
          number: 1,
          startedAt: after(2_000, createdAt),
          finishedAt: after(3_000, createdAt),
          outcome: 'deferred',
          reason: 'provider_error',
          errorCode: '131000',
          httpStatus: 500,
        }),
      ],
      adminActions: [{ at: after(4_000, createdAt), by: 'asha', action: 'released', note: 'no time' }],
      nextAttemptAt: new Date('2090-01-01T00:00:00Z'),
    });
    const { status, body } = await api.call('GET', `/messages/${id}/trace`, { as: 'viewer' });
    expect(status).toBe(200);
    const steps = body['steps'] as readonly {
      readonly step: string;
      readonly sentence: string;
      readonly planned?: boolean;
    }[];
    expect(steps.map(({ step, sentence }) => [step, sentence])).toEqual([
      ['created', 'The event order.created (evt_9) of /services/orders became this order_confirmation in en.'],
      ['scheduled', 'It was scheduled.'],
      ['attempt', 'Attempt 1 was deferred: provider_error (131000, HTTP 500).'],
      ['person', 'asha released it: no time.'],
      ['next', 'It is tried again.'],
    ]);
    expect(steps.at(-1)?.planned).toBe(true);
    expect(body['where']).toMatchObject({ place: 'delay_queue' });
  });

  it('says why nothing was sent', async () => {
    const { id } = put({ status: 'suppressed', statusReason: 'marketing_opt_out' });
    const { body } = await api.call('GET', `/messages/${id}/trace`);
    expect(JSON.stringify(body['steps'])).toContain('which is suppressed: marketing_opt_out');
  });

  it('tells of receipts in their order', async () => {
    const { id } = put({
      status: 'failed',
      statusReason: 'failed_receipt',
      attempts: [aFinishedAttempt({ outcome: 'accepted', providerMessageId: 'myop-1' })],
      receipts: [
        { status: 'failed', at: after(9_000), receivedAt: after(9_000), errorCode: '131026' },
        { status: 'sent', at: after(8_000), receivedAt: after(9_500) },
      ],
      createdAt: after(0),
      statusTimes: { queued: after(0), failed: after(9_000) },
    });
    const { body } = await api.call('GET', `/messages/${id}/trace`);
    const sentences = (body['steps'] as readonly { readonly sentence: string }[]).map(({ sentence }) => sentence);
    expect(sentences.slice(1)).toEqual([
      'Attempt 1 was accepted as myop-1 after 500 ms.',
      'The provider reported it sent.',
      'It was failed: failed_receipt. MyOperator took it and reported later that it failed; receipts has the code. It is safe to resend.',
      'The provider reported it failed (131026).',
    ]);
  });
});
