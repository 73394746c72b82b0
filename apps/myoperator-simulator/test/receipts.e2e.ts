import { createHmac } from 'node:crypto';
import { eventually } from '@earlybird/testing';
import { simulate, type SimulatorClient } from './support/simulator-client.js';
import { receiveWebhooks, type WebhookReceiver } from './support/webhook-receiver.js';

const priya = '+919876543210';

describe('receipts', () => {
  let webhook: WebhookReceiver;
  let simulator: SimulatorClient;

  beforeEach(async () => {
    webhook = await receiveWebhooks();
  });
  afterEach(async () => {
    await simulator.stop();
    await webhook.close();
  });

  const start = async (env: Readonly<Record<string, string>> = {}) => {
    simulator = await simulate({ SIMULATOR_WEBHOOK_URL: webhook.url, ...env });
  };
  const statuses = () => webhook.calls.map(({ body }) => body['status']);

  it("come as sent, delivered, read in the user's shape for the whatsapp contract", async () => {
    await start();
    const { message_id } = (await simulator.whatsapp(priya)).body as { message_id: string };
    await eventually(() => webhook.calls.length === 3, { message: 'the webhook was called 3 times' });
    const timestamp = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{3}Z$/) as string;
    expect(webhook.calls.map(({ body }) => body)).toEqual(
      ['sent', 'delivered', 'read'].map((status) => ({ message_id, status, timestamp })),
    );
    await eventually(
      async () => (await simulator.messages())[0]?.receipts.every(({ handover }) => handover === 'taken'),
      { message: 'every receipt is settled' },
    );
    expect(await simulator.messages()).toMatchObject([{ status: 'read' }]);
  });

  it('come in version 2 for the chat contract, without our reference', async () => {
    await start();
    const answer = await simulator.chat(priya, 'Hello', { body: { myop_ref_id: 'msg_1:1' } });
    await eventually(() => webhook.calls.length === 3, { message: 'the webhook was called 3 times' });
    expect(webhook.calls[1]?.body).toEqual({
      event_id: expect.any(String) as string,
      company_id: 'simulator-company',
      event_type: 'message.delivered',
      event_sequence: 2,
      event_version: 'v2',
      timestamp: expect.stringMatching(/\.\d{9}Z$/) as string,
      channel: 'whatsapp',
      direction: 'outbound',
      session_id: expect.any(String) as string,
      system_identifier: 'simulator-phone-number',
      customer_identifier: '919876543210',
      payload: {
        id: (answer.body as { data: { message_id: string } }).data.message_id,
        status: 'delivered',
        data: {},
        metadata: { waba_msg_id: expect.any(String) as string },
        conversation: { id: expect.any(String) as string },
        phone_number_id: 'simulator-phone-number',
      },
    });
    expect(new Set(webhook.calls.map(({ body }) => body['event_id'])).size).toBe(3);
  });

  it('repeat our reference when the switch is on', async () => {
    await start({ SIMULATOR_ECHO_REFERENCE: 'true' });
    await simulator.chat(priya, 'Hello', { body: { myop_ref_id: 'msg_1:1' } });
    await eventually(() => webhook.calls.length === 3, { message: 'the webhook was called 3 times' });
    expect(webhook.calls[0]?.body).toMatchObject({ payload: { myop_ref_id: 'msg_1:1' } });
  });

  it.each([
    ['user', 'chat', 'status'],
    ['v2', 'whatsapp', 'payload'],
  ] as const)('take the shape %s on the %s contract when told so', async (shape, contract, field) => {
    await start({ SIMULATOR_RECEIPT_SHAPE: shape });
    await simulator.send(contract, priya);
    await eventually(() => webhook.calls.length === 3, { message: 'the webhook was called 3 times' });
    expect(webhook.calls[0]?.body).toHaveProperty(field);
  });

  it('keep their distances after acceptance, and end where the list ends', async () => {
    await start({ SIMULATOR_RECEIPT_DELAYS_MS: '50,250' });
    await simulator.whatsapp(priya);
    const acceptedAt = Date.now();
    await eventually(() => webhook.calls.length === 2, { message: 'the webhook was called 2 times' });
    const [sent, delivered] = webhook.calls.map(({ at }) => at - acceptedAt);
    expect(sent).toBeGreaterThanOrEqual(30);
    expect(delivered).toBeGreaterThanOrEqual(230);
    await eventually(
      async () => ((await simulator.requests()) as { receipts_pending?: number }).receipts_pending === 0,
      { message: 'every receipt is settled' },
    );
    expect(statuses()).toEqual(['sent', 'delivered']);
  });

  it('do not come at all when there are none to send', async () => {
    await start({ SIMULATOR_RECEIPT_DELAYS_MS: 'none' });
    await simulator.whatsapp(priya);
    expect(await simulator.requests()).toMatchObject({ receipts_pending: 0 });
    expect(await simulator.messages()).toMatchObject([{ status: 'accepted', receipts: [] }]);
  });

  it('are tried again while the webhook answers 5xx, and keep their order', async () => {
    await start();
    webhook.answers.push(503, 500);
    await simulator.whatsapp(priya);
    await eventually(() => webhook.calls.length === 5, { message: 'the webhook was called 5 times' });
    expect(statuses()).toEqual(['sent', 'sent', 'sent', 'delivered', 'read']);
    const [first, second, third] = webhook.calls.map(({ at }) => at);
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(200);
    expect((third ?? 0) - (second ?? 0)).toBeGreaterThanOrEqual(450);
    expect((await simulator.messages())[0]?.receipts[0]).toMatchObject({ handover: 'taken', tries: 3 });
  });

  it('are tried again while the webhook refuses connections', async () => {
    await start();
    const port = Number(new URL(webhook.url).port);
    await webhook.close();
    await simulator.whatsapp(priya);
    await eventually(async () => ((await simulator.messages())[0]?.receipts[0]?.tries ?? 0) >= 1, {
      message: 'one try has failed',
    });
    webhook = await receiveWebhooks(port);
    await eventually(() => webhook.calls.length === 3, { message: 'the webhook was called 3 times' });
    expect(statuses()).toEqual(['sent', 'delivered', 'read']);
  });

  it.each([400, 401, 404, 302])('are not tried again after %d', async (status) => {
    await start();
    webhook.answers.push(status);
    await simulator.whatsapp(priya);
    await eventually(() => webhook.calls.length === 3, { message: 'the webhook was called 3 times' });
    expect(statuses()).toEqual(['sent', 'delivered', 'read']);
    expect((await simulator.messages())[0]?.receipts[0]).toMatchObject({
      handover: 'refused',
      tries: 1,
      http_status: status,
    });
  });

  it('stop coming once the messages are forgotten', async () => {
    await start({ SIMULATOR_RECEIPT_DELAYS_MS: '10,60000' });
    await simulator.whatsapp(priya);
    await eventually(() => webhook.calls.length === 1, { message: 'the webhook was called 1 times' });
    await simulator.admin('DELETE', '/messages');
    await eventually(
      async () => ((await simulator.requests()) as { receipts_pending?: number }).receipts_pending === 0,
      { message: 'every receipt is settled' },
    );
  });

  it('prove where they come from in every way that is configured', async () => {
    await start({
      SIMULATOR_WEBHOOK_API_KEY: 'key-of-the-webhook',
      SIMULATOR_WEBHOOK_BASIC_USER: 'myoperator',
      SIMULATOR_WEBHOOK_BASIC_PASSWORD: 'password',
      SIMULATOR_WEBHOOK_HMAC_SECRET: 'secret',
    });
    await simulator.whatsapp(priya);
    const call = await eventually(() => webhook.calls[0], { message: 'the webhook was called' });
    expect(call.headers).toMatchObject({
      'x-api-key': 'key-of-the-webhook',
      authorization: `Basic ${Buffer.from('myoperator:password').toString('base64')}`,
      'x-myoperator-signature': createHmac('sha256', 'secret').update(call.text).digest('hex'),
    });
  });

  describe('by hand', () => {
    it('are sent at once, and move the ticks up only', async () => {
      await start({ SIMULATOR_RECEIPT_DELAYS_MS: 'none' });
      await simulator.whatsapp(priya);
      const [message] = await simulator.messages();
      for (const status of ['read', 'sent', 'failed']) {
        expect((await simulator.admin('POST', `/messages/${message?.id}/receipts`, { status })).status).toBe(202);
      }
      await eventually(() => webhook.calls.length === 3, { message: 'the webhook was called 3 times' });
      expect(new Set(statuses())).toEqual(new Set(['read', 'sent', 'failed']));
      expect(webhook.calls.find(({ body }) => body['status'] === 'failed')?.text).toContain('131026');
      expect(await simulator.messages()).toMatchObject([{ status: 'read' }]);
    });

    it('are refused for an unknown message or status', async () => {
      await start();
      expect((await simulator.admin('POST', '/messages/none/receipts', { status: 'read' })).status).toBe(404);
      await simulator.whatsapp(priya);
      const [message] = await simulator.messages();
      expect((await simulator.admin('POST', `/messages/${message?.id}/receipts`, { status: 'seen' })).status).toBe(400);
    });

    it('let the customer write back', async () => {
      await start({ SIMULATOR_RECEIPT_DELAYS_MS: 'none' });
      await simulator.whatsapp(priya);
      const [message] = await simulator.messages();
      await simulator.admin('POST', `/messages/${message?.id}/replies`, { text: ' START ' });
      const call = await eventually(() => webhook.calls[0], { message: 'the webhook was called' });
      expect(call.body).toMatchObject({
        event_type: 'message.received',
        payload: { data: { context: { body: 'START' } } },
      });
    });
  });
});
