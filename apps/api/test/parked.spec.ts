import { type CommandAnswer, type ParkedEvent, parkedEventId } from '@earlybird/core';
import { eventually } from '@earlybird/testing';
import { type ApiUnderTest, startApi, tokenFor } from './api-under-test.js';

let api: ApiUnderTest;
beforeEach(async () => (api = await startApi()));
afterEach(() => api.close());

let made = 0;

async function put(parts: Partial<ParkedEvent> = {}): Promise<ParkedEvent> {
  made += 1;
  const body = Buffer.from(JSON.stringify({ type: 'order.created', data: { customer: { name: 'Asha' } }, made }));
  const parked: ParkedEvent = {
    id: parkedEventId(body, 'order.created', 'svc-order'),
    reason: 'invalid_data',
    detail: 'data.order_id: expected a string',
    publisher: 'svc-order',
    routingKey: 'order.created',
    correlationId: 'cor-1',
    body: body.toString('base64'),
    parkedAt: new Date(1_769_500_000_000 + made * 1_000),
    ...parts,
  };
  await api.fakes.parkedEvents.record(parked);
  return parked;
}

const idsOf = ({ body }: Awaited<ReturnType<ApiUnderTest['call']>>) =>
  (body['events'] as readonly { readonly id: string }[]).map(({ id }) => id);

describe('the parked events', () => {
  it('are shown with reason, headers and masked body', async () => {
    const parked = await put({ eventId: 'evt_1' });
    const { status, body } = await api.call('GET', '/parked', { as: 'operator' });
    expect([status, body]).toEqual([
      200,
      {
        count: 1,
        events: [
          {
            id: parked.id,
            reason: 'invalid_data',
            detail: 'data.order_id: expected a string',
            publisher: 'svc-order',
            routing_key: 'order.created',
            event_id: 'evt_1',
            correlation_id: 'cor-1',
            parked_at: parked.parkedAt.toISOString(),
            headers: {
              'x-reason': 'invalid_data',
              'x-detail': 'data.order_id: expected a string',
              'x-publisher': 'svc-order',
              'x-original-routing-key': 'order.created',
              'x-correlation-id': 'cor-1',
              'x-first-failed-at': parked.parkedAt.toISOString(),
            },
            body: { type: 'order.created', data: { customer: { name: '***' } }, made },
          },
        ],
      },
    ]);
    expect((await api.call('GET', `/parked/${parked.id}`, { as: 'operator' })).body).toEqual(
      (body['events'] as readonly unknown[])[0],
    );
  });

  it('come page by page, newest first, by state, reason and publisher', async () => {
    const [old, young] = [await put({ reason: 'poison' }), await put({ publisher: 'svc-billing' })];
    const settled = await put({ settled: { by: 'ravi', at: new Date(), how: 'purged' }, body: '' });
    const list = async (query: string) => idsOf(await api.call('GET', `/parked${query}`, { as: 'operator' }));
    expect(await list('')).toEqual([young.id, old.id]);
    expect(await list('?reason=poison')).toEqual([old.id]);
    expect(await list('?publisher=svc-billing')).toEqual([young.id]);
    expect(await list('?state=settled')).toEqual([settled.id]);
    const { next } = (await api.call('GET', '/parked?limit=1')).body;
    expect(await list(`?limit=1&cursor=${String(next)}`)).toEqual([old.id]);
    const foreign = await api.call('GET', `/parked?reason=poison&cursor=${String(next)}`);
    expect([foreign.status, foreign.body['code']]).toEqual([400, 'invalid_cursor']);
    const shown = (await api.call('GET', `/parked/${settled.id}`)).body;
    expect(shown).toMatchObject({ settled: { by: 'ravi', how: 'purged' } });
    expect(shown).not.toHaveProperty('body');
  });

  it.each([
    ['?limit=-1', 'limit'],
    ['?state=all', 'state'],
    ['?reason=', 'reason'],
    ['?all=true', 'all'],
  ])('refuse %s', async (query, field) => {
    const answer = await api.call('GET', `/parked${query}`);
    expect([answer.status, answer.body['errors']]).toMatchObject([400, [{ field }]]);
  });

  it.each([
    ['GET', '/parked', 'viewer', 403],
    ['GET', `/parked/${'a'.repeat(64)}`, 'viewer', 403],
    ['POST', '/parked/replay', 'viewer', 403],
    ['POST', '/parked/replay', 'sender', 403],
    ['POST', '/parked/purge', 'operator', 403],
    ['GET', '/parked', 'nobody', 401],
    ['POST', '/parked/purge', 'nobody', 401],
  ] as const)('%s %s is refused to a %s', async (method, path, as, status) => {
    expect((await api.call(method, path, { as })).status).toBe(status);
  });

  it('are not found by what is no id of theirs', async () => {
    expect((await api.call('GET', `/parked/${'a'.repeat(64)}`)).body['code']).toBe('parked_event_not_found');
    expect((await api.call('GET', '/parked/msg_0000000000')).body['code']).toBe('invalid_parameters');
  });
});

describe.each([
  ['replay', 'replay_parked', 'parked_event_replayed', 'replayed', 'operator'],
  ['purge', 'purge_parked', 'parked_event_purged', 'purged', 'admin'],
] as const)('to %s parked events', (path, kind, action, figure, role) => {
  const settle = async (body: unknown, answer?: CommandAnswer) => {
    const token = await tokenFor([role], { sub: 'asha' });
    const answering = api.call('POST', `/parked/${path}`, { token, body });
    if (answer !== undefined) {
      const order = await eventually(() => api.fakes.ordered[0], { message: 'the command is on its way' });
      await api.fakes.commandDesk.answer(order.id, answer, new Date());
    }
    return answering;
  };

  it('asks the worker and records it with each event', async () => {
    const ids = [(await put()).id, (await put()).id];
    const done = { kind: 'done', figures: { [figure]: 2, skipped: 0 } } as const;
    const answer = await settle({ ids: [...ids, ...ids], note: 'mended' }, done);
    expect([answer.status, answer.body]).toEqual([200, { [figure]: 2, skipped: 0 }]);
    const order = api.fakes.ordered[0];
    expect(order).toMatchObject({ command: { kind, ids }, by: 'asha' });
    expect(api.fakes.audit.entries).toMatchObject(
      ids.map((subject) => ({ by: 'asha', action, subject, details: { command: order?.id, note: 'mended' } })),
    );
  });

  it('says where to look when the worker does not answer in time', async () => {
    const { status, body } = await settle({ ids: [(await put()).id] });
    expect([status, body]).toMatchObject([202, { command: kind, status: 'ordered' }]);
  });

  it('says when the worker gave it up', async () => {
    const { status, body } = await settle({ ids: [(await put()).id] }, { kind: 'failed', reason: 'poison' });
    expect([status, body['code']]).toEqual([500, 'command_failed']);
  });

  it('names those that are not there, and does nothing', async () => {
    const answer = await settle({ ids: [(await put()).id, 'b'.repeat(64)] });
    expect([answer.status, answer.body['detail']]).toEqual([404, expect.stringContaining('bbbb') as unknown]);
    expect(api.fakes.ordered).toEqual([]);
  });

  it.each<[unknown]>([
    [{}],
    [{ ids: [] }],
    [{ ids: 'all' }],
    [{ ids: ['short'] }],
    [{ ids: [{ $ne: null }] }],
    [{ ids: Array.from({ length: 101 }, () => 'a'.repeat(64)) }],
    [undefined],
  ])('refuses the body %j', async (body) => {
    const answer = await settle(body);
    expect([answer.status, answer.body['errors']]).toMatchObject([422, [{ field: 'ids' }]]);
  });
});
