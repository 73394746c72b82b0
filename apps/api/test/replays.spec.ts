import { type Notification, type Replay } from '@earlybird/core';
import { aNotification, aReplay, brokerAway } from '@earlybird/testing';
import { type Answer } from './answer.js';
import { type ApiUnderTest, startApi, tokenFor } from './api-under-test.js';

let api: ApiUnderTest;
beforeEach(async () => (api = await startApi()));
afterEach(() => api.close());

const hour = 3_600_000;
const day = 24 * hour;
let phones = 0;

/** A failure of an hour ago, to a number of its own. */
function put(parts: Partial<Notification> = {}): string {
  phones += 1;
  const notification = aNotification({
    createdAt: new Date(Date.now() - hour),
    status: 'failed',
    statusReason: 'bad_number',
    recipient: { phone: `+9198765${String(10_000 + phones)}` },
    ...parts,
  });
  api.fakes.log.put(notification);
  return notification.id;
}

/** A replay on record. */
async function known(parts: Partial<Replay> = {}): Promise<string> {
  const replay = aReplay({ createdAt: new Date(), ...parts });
  await api.fakes.replays.create(replay);
  return replay.id;
}

async function ask(body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
  const token = await tokenFor(['operator'], { sub: 'asha' });
  return api.call('POST', '/replays', { token, body, headers });
}

describe('a dry run', () => {
  it('counts what would become of each, and changes nothing', async () => {
    put();
    put({ statusTimes: { failed: new Date(), delivered: new Date() }, status: 'delivered' });
    put({ validUntil: new Date(Date.now() - 1) });
    put({ statusReason: 'timeout' });
    put({ status: 'unknown' });
    put({ createdAt: new Date(Date.now() - 8 * day) });
    const before = api.fakes.log.filter(() => true);
    const { status, body } = await ask({ dry_run: true, rate_per_second: 1 });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      dry_run: true,
      filter: { status: 'failed' },
      matched: 4,
      looked_at: 4,
      complete: true,
      eta_seconds: 2,
      counts: { eligible: 2, delivered: 1, expired: 1, resent: 0, in_flight: 0, already_resent: 0, opted_out: 0 },
    });
    const filter = body['filter'] as { readonly from: string; readonly to: string };
    expect(Date.parse(filter.to) - Date.parse(filter.from)).toBe(7 * day);
    expect(api.fakes.log.filter(() => true)).toEqual(before);
    expect((await api.call('GET', '/replays')).body).toMatchObject({ count: 0 });
    expect(api.fakes.audit.entries).toEqual([]);
  });

  it('takes a time, a type, a cause, a number, a group of the failures, and what was perhaps sent', async () => {
    put({ statusReason: 'timeout' });
    put({ messageType: 'new_product', context: { customer_name: 'John', product_name: 'Milk' } });
    put({ recipient: { phone: '+919876500007' } });
    put({ status: 'unknown', statusReason: 'timeout' });
    put({ createdAt: new Date(Date.now() - 8 * day), validUntil: new Date(Date.now() + day) });
    const { body: failures } = await api.call('GET', '/failures?message_type=new_product');
    const [{ group }] = failures['groups'] as readonly [{ readonly group: string }];
    const matched = async (body: object) => (await ask({ dry_run: true, ...body })).body['matched'];
    expect(await matched({ cause: 'timeout' })).toBe(1);
    expect(await matched({ message_type: 'new_product' })).toBe(1);
    expect(await matched({ phone: '+919876500007' })).toBe(1);
    expect(await matched({ group })).toBe(1);
    expect(await matched({ status: 'unknown' })).toBe(1);
    const from = new Date(Date.now() - 9 * day).toISOString();
    expect(await matched({ from })).toBe(4);
    expect(await matched({ from, to: new Date(Date.now() - 7 * day).toISOString() })).toBe(1);
    expect(await matched({ to: new Date(Date.now() + day).toISOString() })).toBe(3);
  });
});

describe('a replay', () => {
  it('is put on record with who asked for it, and shown', async () => {
    const answer = await ask({
      cause: 'timeout',
      phone: '+919876500007',
      rate_per_second: 50,
      max_failure_percent: 5,
      min_outcomes: 100,
      note: 'the outage of Monday',
    });
    expect(answer.status).toBe(202);
    const id = String(answer.body['id']);
    const shown = {
      id,
      state: 'running',
      filter: { status: 'failed', cause: 'timeout', phone: '+919876500007' },
      rate_per_second: 50,
      max_failure_percent: 5,
      min_outcomes: 100,
      requested_by: 'asha',
      note: 'the outage of Monday',
    };
    expect(answer.body).toMatchObject(shown);
    expect((await api.call('GET', `/replays/${id}`, { as: 'viewer' })).body).toMatchObject({
      ...shown,
      outcomes: { by_status: {}, failed_percent: 0 },
    });
    expect(api.fakes.audit.entries).toMatchObject([
      { by: 'asha', action: 'replay_started', subject: id, details: { phone: '+91******0007', cause: 'timeout' } },
    ]);
    expect(await api.fakes.replays.find(id)).toMatchObject({ state: 'running', filter: { phone: '+919876500007' } });
  });

  it('wakes the workers, and is on record even when the broker is away', async () => {
    const orders: unknown[] = [];
    const order = async (given: { readonly command: unknown }) => void orders.push(given.command);
    const awake = await startApi({ commandQueue: { order } });
    await awake.call('POST', '/replays', { body: {} });
    await awake.close();
    expect(orders).toEqual([{ kind: 'wake_replays' }]);
    const lost = await startApi({ commandQueue: { order: () => Promise.reject(brokerAway) } });
    const { status } = await lost.call('POST', '/replays', { body: {} });
    expect([status, await lost.fakes.replays.list({ limit: 5 })]).toMatchObject([202, [{ state: 'running' }]]);
    await lost.close();
  });

  it('goes at 10 a second and stops beyond 30 % of 20, unless it is asked otherwise', async () => {
    expect((await ask({})).body).toMatchObject({ rate_per_second: 10, max_failure_percent: 30, min_outcomes: 20 });
  });

  it('of what was perhaps sent must be forced', async () => {
    const refused = await ask({ status: 'unknown' });
    expect([refused.status, refused.body['errors']]).toMatchObject([422, [{ field: 'force' }]]);
    expect((await ask({ status: 'unknown', force: true })).status).toBe(202);
  });

  it('is started once per key and client', async () => {
    const key = { 'Idempotency-Key': 'monday' };
    const first = await ask({ cause: 'timeout' }, key);
    const second = await ask({ cause: 'timeout' }, key);
    expect([second.status, second.body['id']]).toEqual([202, first.body['id']]);
    expect(second.headers.get('Idempotent-Replayed')).toBe('true');
    const other = await ask({ cause: 'other' }, key);
    expect([other.status, other.body]).toMatchObject([
      409,
      { code: 'idempotency_conflict', replay_id: first.body['id'] },
    ]);
    expect((await api.call('POST', '/replays', { body: { cause: 'other' }, headers: key })).status).toBe(202);
    expect((await ask({}, { 'Idempotency-Key': 'with space' })).status).toBe(400);
  });

  it('shows how far it has come, how fast, how long it will take, and what became of its messages', async () => {
    const counts = {
      ...((await ask({ dry_run: true })).body['counts'] as Replay['progress'] & object),
      resent: 30,
      expired: 10,
    };
    const id = await known({
      holder: 'worker@host/1',
      startedAt: new Date(),
      progress: {
        total: 200,
        lookedAt: 50,
        counts: counts as never,
        place: { id: 'msg_1', createdAt: new Date(0) },
        seenPerSecond: 9,
        waitingFor: 'dispatch',
      },
    });
    for (const status of ['delivered', 'delivered', 'failed', 'queued', 'retrying'] as const)
      put({ status, replay: id });
    expect((await api.call('GET', `/replays/${id}`)).body).toMatchObject({
      worker: 'worker@host/1',
      progress: {
        total: 200,
        looked_at: 50,
        matched: 40,
        percent: 25,
        counts: { resent: 30, expired: 10 },
        looked_up_to: '1970-01-01T00:00:00.000Z',
        resent_per_second: 9,
        waiting_for: 'dispatch',
        eta_seconds: 10,
      },
      outcomes: { by_status: { delivered: 2, failed: 1, queued: 1, retrying: 1 }, failed_percent: 50 },
    });
  });

  it('is cancelled once, with who did it', async () => {
    const id = await known();
    const cancel = async () =>
      api.call('POST', `/replays/${id}/cancel`, {
        token: await tokenFor(['operator'], { sub: 'ravi' }),
        body: { note: 'wrong week' },
      });
    expect((await cancel()).body).toMatchObject({ id, state: 'cancelled', state_reason: 'by_admin', ended_by: 'ravi' });
    const again = await cancel();
    expect([again.status, again.body]).toMatchObject([409, { code: 'replay_ended', replay_state: 'cancelled' }]);
    expect(api.fakes.audit.entries).toMatchObject([{ by: 'ravi', action: 'replay_cancelled', subject: id }]);
  });

  it('is cancelled without a body too', async () => {
    expect((await api.call('POST', `/replays/${await known()}/cancel`, { body: {} })).status).toBe(200);
  });

  it('is told on the messages that it made and resent', async () => {
    const replay = 'replay_0000000000000000';
    const id = put({
      replay,
      resendOf: 'msg_0',
      adminActions: [{ at: new Date(), by: 'asha', action: 'resent', replay }],
    });
    expect((await api.call('GET', `/messages/${id}`)).body).toMatchObject({
      replay,
      admin_actions: [{ by: 'asha', action: 'resent', replay }],
    });
    expect((await api.call('GET', `/messages/${id}/trace`)).text).toContain(`A resend of msg_0 by ${replay}`);
  });
});

describe('the list of replays', () => {
  it('is paged, newest first, of one state where that is asked for', async () => {
    const ids: string[] = [];
    for (const index of [1, 2, 3]) ids.unshift(await known({ createdAt: new Date(Date.now() - 10_000 + index) }));
    const shown = ({ body }: Answer) => (body['replays'] as readonly { readonly id: string }[]).map(({ id }) => id);
    const first = await api.call('GET', '/replays?limit=2', { as: 'viewer' });
    expect([first.status, shown(first), first.body['count']]).toEqual([200, ids.slice(0, 2), 2]);
    const next = String(first.body['next']);
    const second = await api.call('GET', `/replays?limit=2&cursor=${next}`);
    expect([shown(second), second.body['next']]).toEqual([ids.slice(2), undefined]);
    await api.call('POST', `/replays/${ids[0] ?? ''}/cancel`, { body: {} });
    expect(shown(await api.call('GET', '/replays?state=cancelled'))).toEqual(ids.slice(0, 1));
    expect(await api.call('GET', `/replays?state=done&cursor=${next}`)).toMatchObject({
      status: 400,
      body: { code: 'invalid_cursor' },
    });
  });

  it.each(['?limit=0', '?limit=-1', '?limit=201', '?state=lost', '?cursor=x', '?state[$ne]=x', '?page=1'])(
    'refuses %s',
    async (query) => {
      expect((await api.call('GET', `/replays${query}`)).status).toBe(400);
    },
  );
});

describe('who may do what with replays', () => {
  const calls = [
    ['POST', '/replays', ['operator', 'admin']],
    ['POST', '/replays/replay_0000000000000000/cancel', ['operator', 'admin']],
    ['GET', '/replays', ['viewer', 'operator', 'admin']],
    ['GET', '/replays/replay_0000000000000000', ['viewer', 'operator', 'admin']],
  ] as const;
  const cases = calls.flatMap(([method, path, allowed]) =>
    (['viewer', 'sender', 'operator', 'admin', 'nobody'] as const).map(
      (role) => [method, path, role, (allowed as readonly string[]).includes(role)] as const,
    ),
  );

  it.each(cases)('%s %s as %s is allowed: %s', async (method, path, as, isAllowed) => {
    const body = method === 'POST' ? { body: { note: 'why' } } : {};
    const { status } = await api.call(method, path, { as, ...body });
    expect([401, 403].includes(status)).toBe(!isAllowed);
    expect(status).toBeLessThan(500);
  });
});

describe('bad input', () => {
  it.each<[unknown, string]>([
    [{ status: 'sent' }, 'status'],
    [{ status: { $ne: null } }, 'status'],
    [{ from: 'yesterday' }, 'from'],
    [{ from: '2026-02-30' }, 'from'],
    [{ from: '2999-01-01' }, 'from'],
    [{ from: '2020-02-02', to: '2020-02-01' }, 'from'],
    [{ to: 5 }, 'to'],
    [{ message_type: 'spam' }, 'message_type'],
    [{ cause: '' }, 'cause'],
    [{ cause: { $gt: '' } }, 'cause'],
    [{ phone: '9876543210' }, 'phone'],
    [{ phone: { $ne: null } }, 'phone'],
    [{ group: 'nonsense' }, 'group'],
    [{ group: Buffer.from('["a","new_product"]').toString('base64url'), cause: 'a' }, 'group'],
    [{ rate_per_second: 0 }, 'rate_per_second'],
    [{ rate_per_second: 201 }, 'rate_per_second'],
    [{ rate_per_second: 1.5 }, 'rate_per_second'],
    [{ max_failure_percent: 101 }, 'max_failure_percent'],
    [{ min_outcomes: 0 }, 'min_outcomes'],
    [{ dry_run: 'perhaps' }, 'dry_run'],
    [{ note: 'x'.repeat(501) }, 'note'],
    [{ ids: ['msg_0000000000000000'] }, 'ids'],
  ])('%j names the field', async (body, field) => {
    const answer = await ask(body);
    expect([answer.status, answer.body['errors']]).toMatchObject([422, [{ field }]]);
    expect(await api.fakes.replays.list({ limit: 1 })).toEqual([]);
  });

  it.each(['[]', '"x"', '{', 'null'])('the body %s is refused', async (body) => {
    expect((await ask(body)).status).toBeGreaterThanOrEqual(400);
    expect((await ask(body)).status).toBeLessThan(500);
  });

  it('an unknown or odd id is told apart', async () => {
    for (const [method, path] of [
      ['GET', '/replays/'],
      ['POST', '/replays/'],
    ] as const) {
      const tail = method === 'POST' ? '/cancel' : '';
      const body = method === 'POST' ? { body: {} } : {};
      const missing = await api.call(method, `${path}replay_0000000000000000${tail}`, body);
      expect([missing.status, missing.body['code']]).toEqual([404, 'replay_not_found']);
      expect((await api.call(method, `${path}msg_0000000000000000${tail}`, body)).status).toBe(400);
    }
  });
});
