import { eventually, guardLeaks, type RunningSystem, startSystem } from '@earlybird/testing';
import { jest } from '@jest/globals';
import { userAnswers, userRequests, withDigits } from './user-requests.js';

// Real processes start here; each takes a few seconds on a busy machine.
jest.setTimeout(60_000);

interface Message {
  readonly id: string;
  readonly status: string;
  readonly [field: string]: unknown;
}

const iso = expect.stringMatching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/) as unknown;
const [refused, failsTwice] = ['9999900001', '9999900002'];

describe("the user's requests, word for word, on real servers", () => {
  let system: RunningSystem;
  // The test reports what the provider would, at the moment of its choice.
  beforeAll(async () => {
    system = await startSystem({ api: true, simulatorEnv: { SIMULATOR_RECEIPT_DELAYS_MS: 'none' } });
  });
  afterAll(() => system.stop());

  it('send at once, in both spellings of the answer', async () => {
    const { status, body } = await post('send-message', withDigits(userRequests.sendAtOnce));
    expect(status).toBe(200);
    expect(Object.keys(body)).toEqual(expect.arrayContaining([...userAnswers.sent, ...userAnswers.sentElsewhere]));
    expect(body).toMatchObject({
      id: expect.stringMatching(/^msg_/) as unknown,
      phone: '+919876500001',
      message_type: 'delivery_reminder',
      type: 'delivery_reminder',
      status: 'sent',
      message_text: expect.stringContaining(userAnswers.messageText) as unknown,
      sent_at: iso,
      timestamp: body['sent_at'],
      reference_id: 'order_123',
      myoperator_id: expect.stringMatching(/./) as unknown,
    });
  });

  it('find by phone, status and days what was sent', async () => {
    const { body } = await get(withDigits(userRequests.historyOfPhoneSent));
    expect(body.messages).toMatchObject([{ phone: '+919876500001', status: 'sent', reference_id: 'order_123' }]);
    expect((await get(withDigits(userRequests.historyOfPhoneSent, '9876500002'))).body.messages).toEqual([]);
  });

  it('send later, and find it by phone', async () => {
    const { status, body } = await post('send-message', userRequests.sendLater);
    expect([status, body.status]).toEqual([202, 'queued']);
    expect(body).toMatchObject({ phone: '+919876543210', type: 'delivery_reminder', timestamp: iso });
    const page = await get(userRequests.historyOfPhone);
    expect(page.body).toMatchObject({ count: 1, limit: 20, messages: [{ id: body.id, reference_id: 'sub-123' }] });
    const sent = await reaches(body.id, 'sent');
    expect(sent['message_text']).toContain('Jan 28');
    expect(sent['message_text']).toContain('Bandra');
  });

  it("report a delivery in the user's shape, and show one message with it", async () => {
    const sent = await post('send-message', withDigits(userRequests.sendAtOnce, '9876500003'));
    const receipt = userRequests.webhook.replace('msg-xyz', String(sent.body['myoperator_id']));
    expect((await system.callWebhook(JSON.parse(receipt))).status).toBe(200);
    const delivered = await reaches(sent.body.id, 'delivered');
    expect(Object.keys(delivered)).toEqual(expect.arrayContaining([...userAnswers.delivered]));
    expect(delivered).toMatchObject({ delivered_at: iso, myoperator_message_id: sent.body['myoperator_id'] });
  });

  it('report a delivery of a message that nobody knows', async () => {
    expect((await system.callWebhook(JSON.parse(userRequests.webhook))).status).toBe(200);
    const orphan = await eventually(
      async () => {
        const { body } = await get('receipts/orphans?message_id=msg-xyz');
        return (body['receipts'] as readonly object[])[0];
      },
      { message: 'the receipt is kept', withinMs: 20_000 },
    );
    expect(orphan).toMatchObject({ message_id: 'msg-xyz', status: 'delivered', timestamp: '2026-01-27T10:31:00.000Z' });
  });

  it('find what failed, and resend it', async () => {
    const failed = await post('send-message', withDigits(userRequests.sendAtOnce, refused));
    expect([failed.status, failed.body.status]).toEqual([200, 'failed']);
    expect((await get(userRequests.historyFailed)).body.messages).toMatchObject([{ id: failed.body.id }]);
    const resent = await system.callApi('POST', `/resend/${failed.body.id}`);
    expect(resent).toMatchObject({ status: 200, body: { resend_of: failed.body.id, phone: `+91${refused}` } });
    await reaches((resent.body as Message).id, 'failed');
  });

  it('find what was tried more than once', async () => {
    const { body } = await post('send-message', withDigits(userRequests.sendAtOnce, failsTwice));
    expect(body.status).toBe('retrying');
    await reaches(body.id, 'sent');
    const { body: page } = await get(userRequests.historyRetried);
    expect(page.messages).toMatchObject([{ id: body.id, status: 'sent', attempt_count: 3 }]);
  });

  it('let go on what waits', async () => {
    const { status, body } = await post('process-queue', userRequests.processQueue);
    const count = expect.any(Number) as unknown;
    expect([status, body]).toEqual([200, { processed: count, released: count, scheduled_released: count }]);
  });

  it.each([
    [userRequests.statisticsOfMonth, 30],
    [userRequests.statisticsOfWeek, 7],
  ])('count: %s', async (request, days) => {
    const { status, body } = await get(request);
    expect([status, body['period_days']]).toEqual([200, days]);
    for (const field of Object.keys(JSON.parse(userAnswers.statistics) as object))
      expect([field, typeof body[field]]).toEqual([field, 'number']);
    expect(body['total_sent']).toBeGreaterThan(0);
  });

  it('process the queue', async () => {
    const { status, body } = await post('process-queue', userRequests.processQueue);
    expect([status, body]).toEqual([200, { processed: 0, released: 0, scheduled_released: 0 }]);
  });

  it('list the templates', async () => {
    const { status, body } = await get(userRequests.templates);
    const types = (body['templates'] as readonly { readonly message_type: string }[]).map((one) => one.message_type);
    expect([status, new Set(types).size]).toEqual([200, 10]);
  });

  it('ask for the health', async () => {
    const { status, body } = await get(userRequests.health);
    const example = JSON.parse(userAnswers.health) as Record<string, unknown>;
    expect([status, body]).toMatchObject([200, { ...example, uptime_seconds: expect.any(Number) as unknown }]);
  });

  async function post(path: string, body: string) {
    const answer = await system.callApi('POST', `/${path}`, JSON.parse(body));
    return { status: answer.status, body: answer.body as Message };
  }

  async function get(path: string) {
    const answer = await system.callApi('GET', `/${path}`);
    return { status: answer.status, body: answer.body as Message & { readonly messages: readonly Message[] } };
  }

  function reaches(id: string, status: string): Promise<Message> {
    return eventually(
      async () => {
        const { body } = await get(`messages/${id}`);
        return body.status === status && body;
      },
      { message: `the message is ${status}` },
    );
  }
});

guardLeaks();
