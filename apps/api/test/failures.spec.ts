import { type Notification } from '@earlybird/core';
import { aNotification } from '@earlybird/testing';
import { type Answer } from './answer.js';
import { type ApiUnderTest, startApi, tokenFor } from './api-under-test.js';

let api: ApiUnderTest;
beforeEach(async () => (api = await startApi()));
afterEach(() => api.close());

const hour = 3_600_000;
const day = 24 * hour;

function put(parts: Partial<Notification> = {}): string {
  const notification = aNotification({
    createdAt: new Date(Date.now() - hour),
    status: 'failed',
    statusReason: 'bad_number',
    ...parts,
  });
  api.fakes.log.put(notification);
  return notification.id;
}

interface Group {
  readonly group: string;
  readonly cause: string;
  readonly message_type: string;
  readonly count: number;
}

const groups = ({ body }: Answer) => body['groups'] as readonly Group[];

async function settle(how: 'dismiss' | 'restore', body: unknown) {
  return api.call('POST', `/failures/${how}`, { token: await tokenFor(['operator'], { sub: 'asha' }), body });
}

describe('failures', () => {
  it('of the last week are grouped by cause and type', async () => {
    put();
    const newest = put({ createdAt: new Date(Date.now() - 1_000) });
    put({ status: 'unknown', statusReason: 'timeout', messageType: 'payment_reminder' });
    put({ createdAt: new Date(Date.now() - 8 * day) });
    put({ status: 'sent' });
    const answer = await api.call('GET', '/failures', { as: 'viewer' });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ count: 3, looked_at: 3, complete: true });
    expect(groups(answer)).toMatchObject([
      {
        cause: 'bad_number',
        message_type: 'order_confirmation',
        count: 2,
        failed: 2,
        unknown: 0,
        sample: { id: newest, phone: '+919876543210', reference_id: 'order_123' },
      },
      { cause: 'timeout', message_type: 'payment_reminder', count: 1, unknown: 1 },
    ]);
  });

  it('are found in another time and of one type', async () => {
    put({ createdAt: new Date(Date.now() - 8 * day) });
    put({ messageType: 'new_product' });
    const from = new Date(Date.now() - 9 * day).toISOString();
    const to = new Date(Date.now() - 7 * day).toISOString();
    expect((await api.call('GET', `/failures?from=${from}&to=${to}`)).body).toMatchObject({ count: 1, from, to });
    expect((await api.call('GET', '/failures?message_type=new_product')).body).toMatchObject({
      count: 1,
      looked_at: 1,
    });
  });

  it('are dismissed by group, and restored', async () => {
    const [one, other] = [put(), put({ statusReason: 'timeout' })];
    const [first] = groups(await api.call('GET', '/failures')).filter(({ cause }) => cause === 'bad_number');
    expect((await settle('dismiss', { group: first?.group, note: 'known trouble' })).body).toEqual({ count: 1 });
    expect(groups(await api.call('GET', '/failures')).map(({ cause }) => cause)).toEqual(['timeout']);
    expect((await api.call('GET', `/messages/${one}`)).body).toMatchObject({
      resolved: { by: 'asha', how: 'dismissed' },
      admin_actions: [{ by: 'asha', action: 'dismissed', note: 'known trouble' }],
    });
    expect((await settle('restore', { group: first?.group })).body).toEqual({ count: 1 });
    expect((await settle('restore', { group: first?.group })).body).toEqual({ count: 0 });
    expect((await settle('dismiss', { ids: [one, other, 'msg_0000000000000000'] })).body).toEqual({ count: 2 });
    expect(groups(await api.call('GET', '/failures'))).toEqual([]);
  });

  it('that were resent count as settled', async () => {
    const id = put();
    await api.call('POST', `/resend/${id}`, { as: 'operator' });
    expect((await api.call('GET', '/failures')).body['count']).toBe(0);
  });

  it('say when there are more than were looked at', async () => {
    const failure = {
      id: 'msg_1',
      status: 'failed',
      messageType: 'new_product',
      cause: 'timeout',
      createdAt: new Date(),
    } as const;
    const find = async ({ most }: { readonly most: number }) => Array.from({ length: most }, () => failure);
    const full = await startApi({ failures: { find } });
    const answer = await full.call('GET', '/failures');
    await full.close();
    expect(answer.body).toMatchObject({ looked_at: 50_000, count: 50_000, complete: false });
  });

  it.each([
    ['?from=2026-02-02&to=2026-02-01', 'from'],
    ['?from=x', 'from'],
    ['?message_type=x', 'message_type'],
    ['?limit=1', 'limit'],
  ])('refuse %s', async (query, field) => {
    const answer = await api.call('GET', `/failures${query}`);
    expect([answer.status, answer.body['errors']]).toMatchObject([400, [{ field }]]);
  });

  it.each<[unknown, string]>([
    [{}, 'ids'],
    [{ ids: [] }, 'ids'],
    [{ ids: 'msg_0000000000000000' }, 'ids'],
    [{ ids: [{ $ne: null }] }, 'ids'],
    [{ ids: Array.from({ length: 1_001 }, () => 'msg_0000000000000000') }, 'ids'],
    [{ ids: ['msg_0000000000000000'], group: Buffer.from('["a","new_product"]').toString('base64url') }, 'group'],
    [{ group: 'nonsense' }, 'group'],
    [{ group: Buffer.from('["a","spam"]').toString('base64url') }, 'group'],
    [{ group: { $ne: null } }, 'group'],
  ])('cannot be dismissed by %j', async (body, field) => {
    const answer = await settle('dismiss', body);
    expect([answer.status, answer.body['errors']]).toMatchObject([422, [{ field }]]);
  });
});
