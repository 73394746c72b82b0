import { AppError, type CommandAnswer } from '@earlybird/core';
import { eventually } from '@earlybird/testing';
import { type ApiUnderTest, type Call, startApi, tokenFor } from './api-under-test.js';

let api: ApiUnderTest;
beforeEach(async () => (api = await startApi()));
afterEach(() => api.close());

/** Calls, and plays the worker that answers. */
async function process(answer: CommandAnswer | undefined, call: Call = {}) {
  const answering = api.call('POST', '/process-queue', {
    token: await tokenFor(['operator'], { sub: 'asha' }),
    ...call,
  });
  if (answer !== undefined) {
    const order = await eventually(() => api.fakes.ordered[0], { message: 'the command is on its way' });
    await api.fakes.commandDesk.answer(order.id, answer, new Date());
  }
  return answering;
}

const done = { kind: 'done', figures: { released: 12, scheduledReleased: 3 } } as const;

describe('process-queue', () => {
  it.each([[undefined], [{}], [{ note: 'outage is over' }]])('with the body %j releases what waits', async (body) => {
    const answer = await process(done, body === undefined ? {} : { body });
    expect([answer.status, answer.body]).toEqual([200, { processed: 15, released: 12, scheduled_released: 3 }]);
    expect(api.fakes.ordered).toMatchObject([{ command: { kind: 'release_waiting' }, by: 'asha' }]);
    expect(api.fakes.audit.entries).toMatchObject([
      {
        by: 'asha',
        action: 'queue_processed',
        subject: api.fakes.ordered[0]?.id,
        ...(body !== undefined && 'note' in body && { details: body }),
      },
    ]);
  });

  it('says where to look when the worker does not answer in time', async () => {
    const { status, body } = await process(undefined);
    const id = api.fakes.ordered[0]?.id ?? '';
    expect([status, body]).toMatchObject([
      202,
      { command_id: id, status: 'ordered', look_at: `/api/notifications/commands/${id}` },
    ]);
    const look = () => api.call('GET', `/commands/${id}`, { as: 'operator' });
    expect((await look()).body).toMatchObject({ command: 'release_waiting', status: 'ordered', by: 'asha' });
    await api.fakes.commandDesk.answer(id, done, new Date());
    expect((await look()).body).toMatchObject({ status: 'done', figures: { released: 12, scheduled_released: 3 } });
    expect(api.fakes.audit.entries).toHaveLength(1);
  });

  it('is refused while the provider is halted, and says why', async () => {
    const detail = 'Sending is halted since noon: account_refused.';
    const { status, body } = await process({ kind: 'refused', reason: 'provider_halted', detail });
    const command_id = api.fakes.ordered[0]?.id;
    expect([status, body]).toMatchObject([409, { code: 'provider_halted', detail, command_id }]);
  });

  it('says when the worker gave it up', async () => {
    const { status, body } = await process({ kind: 'failed', reason: 'poison' });
    expect([status, body['code']]).toEqual([500, 'command_failed']);
  });

  it.each([[{ all: true }], [{ note: 7 }], [{ note: { $ne: null } }]])('refuses the body %j', async (body) => {
    const answer = await process(undefined, { body });
    expect([answer.status, answer.body['code']]).toEqual([422, 'invalid_fields']);
    expect(api.fakes.ordered).toEqual([]);
  });

  it.each([
    ['viewer', 403],
    ['sender', 403],
    ['nobody', 401],
  ] as const)('refuses a %s', async (as, status) => {
    expect((await api.call('POST', '/process-queue', { as })).status).toBe(status);
    expect((await api.call('GET', '/commands/cmd_0000000000', { as })).status).toBe(status);
  });

  it('says so when the broker is away', async () => {
    const order = () => Promise.reject(new AppError('broker_unavailable', 'away'));
    const lonely = await startApi({ commandQueue: { order } });
    const answer = await lonely.call('POST', '/process-queue', { as: 'operator', body: {} });
    await lonely.close();
    expect([answer.status, answer.body['code']]).toEqual([503, 'broker_unavailable']);
  });
});

describe('a command', () => {
  it.each([
    ['cmd_0000000000', 404, 'command_not_found'],
    ['msg_0000000000', 400, 'invalid_parameters'],
  ])('%s answers %d', async (id, status, code) => {
    const answer = await api.call('GET', `/commands/${id}`, { as: 'operator' });
    expect([answer.status, answer.body['code']]).toEqual([status, code]);
  });
});
