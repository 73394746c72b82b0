import { AppError, type Notification } from '@earlybird/core';
import { aNotification } from '@earlybird/testing';
import { type ApiUnderTest, startApi } from './api-under-test.js';

let api: ApiUnderTest;
beforeEach(async () => (api = await startApi()));
afterEach(() => api.close());

const day = 86_400_000;

function put(count: number, parts: Partial<Notification>): void {
  for (let index = 0; index < count; index += 1)
    api.fakes.log.put(aNotification({ createdAt: new Date(Date.now() - day), ...parts }));
}

const statistics = (query = '') => api.call('GET', `/statistics${query}`, { as: 'viewer' });

describe('the statistics', () => {
  it("show the user's example", async () => {
    put(120, { status: 'read' });
    put(25, { status: 'delivered' });
    put(5, { status: 'failed' });
    put(2, { status: 'suppressed' });
    const { status, body } = await statistics('?days=7');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      total_sent: 150,
      total_delivered: 145,
      total_failed: 5,
      total_read: 120,
      success_rate: 96.67,
      delivery_rate: 96.67,
      period_days: 7,
      beside: { suppressed: 2, unknown: 0, queued: 0 },
    });
    expect(Date.now() - Date.parse(body['as_of'] as string)).toBeLessThan(60_000);
  });

  it('of nothing are zero', async () => {
    expect((await statistics()).body).toMatchObject({
      total_sent: 0,
      success_rate: 0,
      period_days: 7,
      by_type: [],
      by_day: [],
    });
  });

  it('are given per type and per day, within the time asked for', async () => {
    put(2, { status: 'sent', messageType: 'new_product' });
    put(1, { status: 'failed', messageType: 'churn_risk', createdAt: new Date(Date.now() - 5 * day) });
    put(9, { status: 'sent', createdAt: new Date(Date.now() - 31 * day) });
    const { body } = await statistics('?days=30');
    expect(body).toMatchObject({
      total_sent: 3,
      by_type: [
        { message_type: 'churn_risk', total_sent: 1, total_failed: 1, success_rate: 0 },
        { message_type: 'new_product', total_sent: 2, success_rate: 100 },
      ],
      by_day: [{ total_sent: 1 }, { total_sent: 2 }],
    });
    expect((await statistics('?days=3')).body).toMatchObject({ total_sent: 2, period_days: 3 });
  });

  it('are counted once for many who ask at the same time', async () => {
    let counted = 0;
    const countSince = async () => {
      counted += 1;
      return { asOf: new Date(), days: [] };
    };
    const busy = await startApi({ statistics: { countSince } });
    await Promise.all(Array.from({ length: 20 }, () => busy.call('GET', '/statistics?days=30')));
    await busy.close();
    expect(counted).toBe(1);
  });

  it('are asked for again after a failure', async () => {
    let calls = 0;
    const countSince = async () => {
      calls += 1;
      if (calls === 1) throw new AppError('database_unavailable', 'away');
      return { asOf: new Date(), days: [] };
    };
    const shaky = await startApi({ statistics: { countSince } });
    const statuses = [await shaky.call('GET', '/statistics'), await shaky.call('GET', '/statistics')].map(
      ({ status }) => status,
    );
    await shaky.close();
    expect(statuses).toEqual([503, 200]);
  });

  it.each(['?days=0', '?days=367', '?days=x', '?days=', '?period=7'])('refuse %s', async (query) => {
    expect((await statistics(query)).status).toBe(400);
  });
});
