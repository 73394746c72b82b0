import { aReceipt, after } from '@earlybird/testing';
import { type ApiUnderTest, startApi } from './api-under-test.js';

let api: ApiUnderTest;
beforeEach(async () => (api = await startApi()));
afterEach(() => api.close());

describe('the figures of publishers', () => {
  it('are told as a whole and per type', async () => {
    api.fakes.publishers.push(
      { publisher: 'svc-order', eventType: 'order.created', results: { accepted: 10, duplicate: 2, invalid_data: 1 } },
      {
        publisher: 'svc-order',
        eventType: 'product.launched',
        results: { accepted: 1, invalid_data: 1, unreadable: 3, late: 1 },
      },
      { publisher: 'svc-billing', eventType: 'billing.bill_issued', results: {} },
    );
    const { status, body } = await api.call('GET', '/publishers?days=2', { as: 'viewer' });
    expect(status).toBe(200);
    expect(body).toEqual({
      period_days: 2,
      from_day: new Date(Date.now() - 86_400_000).toISOString().slice(0, 10),
      publishers: [
        {
          publisher: 'svc-order',
          accepted: 11,
          duplicate: 2,
          late: 1,
          rejected: { invalid_data: 2, unreadable: 3 },
          by_type: [
            { event_type: 'order.created', accepted: 10, duplicate: 2, late: 0, rejected: { invalid_data: 1 } },
            {
              event_type: 'product.launched',
              accepted: 1,
              duplicate: 0,
              late: 1,
              rejected: { invalid_data: 1, unreadable: 3 },
            },
          ],
        },
        {
          publisher: 'svc-billing',
          accepted: 0,
          duplicate: 0,
          late: 0,
          rejected: {},
          by_type: [{ event_type: 'billing.bill_issued', accepted: 0, duplicate: 0, late: 0, rejected: {} }],
        },
      ],
    });
  });

  it('refuse odd days', async () => {
    expect((await api.call('GET', '/publishers?days=-1')).status).toBe(400);
  });
});

describe('orphans', () => {
  it('are listed newest first, page by page', async () => {
    for (const index of [1, 2, 3])
      api.fakes.orphans.orphans.push(
        aReceipt({
          providerMessageId: `myop-${index}`,
          receivedAt: after(index),
          errorCode: '131026',
          reference: { notificationId: 'msg_1', attempt: 1 },
        }),
      );
    const first = await api.call('GET', '/receipts/orphans?limit=2', { as: 'viewer' });
    expect(first.body).toMatchObject({
      count: 2,
      next_before: after(2).toISOString(),
      receipts: [
        {
          message_id: 'myop-3',
          status: 'delivered',
          received_at: after(3).toISOString(),
          error_code: '131026',
          notification_id: 'msg_1',
        },
        { message_id: 'myop-2' },
      ],
    });
    const second = await api.call('GET', `/receipts/orphans?limit=2&before=${String(first.body['next_before'])}`);
    expect(second.body).toMatchObject({ count: 1, receipts: [{ message_id: 'myop-1' }] });
    expect(second.body).not.toHaveProperty('next_before');
    expect((await api.call('GET', '/receipts/orphans?message_id=myop-2')).body['count']).toBe(1);
  });

  it.each(['?limit=0', '?before=x', '?message_id=', '?message_id[$ne]=x'])('refuse %s', async (query) => {
    expect((await api.call('GET', `/receipts/orphans${query}`)).status).toBe(400);
  });
});
