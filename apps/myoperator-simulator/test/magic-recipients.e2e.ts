import { eventually } from '@earlybird/testing';
import { simulate, type SimulatorClient } from './support/simulator-client.js';
import { receiveWebhooks, type WebhookCall, type WebhookReceiver } from './support/webhook-receiver.js';

const contracts = ['whatsapp', 'chat'] as const;

describe.each(contracts)('a recipient known for its behaviour, on the %s contract', (contract) => {
  let webhook: WebhookReceiver;
  let simulator: SimulatorClient;

  beforeAll(async () => {
    webhook = await receiveWebhooks();
    simulator = await simulate({ SIMULATOR_WEBHOOK_URL: webhook.url, SIMULATOR_RECEIPT_DELAYS_MS: '20,40,60' });
  });
  afterAll(async () => {
    await simulator.stop();
    await webhook.close();
  });
  beforeEach(() => simulator.admin('DELETE', '/messages'));

  const send = (recipient: string, notification = 'n-1') =>
    simulator[contract](recipient, 'Hello', { headers: { 'x-notification-id': notification } });
  /** Each test has its recipient, because the receipts of another may still be on their way. */
  const callsAbout = async (recipient: string) => {
    const messages = (await simulator.messages()).filter((message) => message.recipient === recipient);
    const marks = [recipient.slice(1), ...messages.map(({ id }) => id)];
    return webhook.calls.filter(({ text }) => marks.some((mark) => text.includes(mark)));
  };
  const called = (recipient: string, times: number) =>
    eventually(
      async () => {
        const calls = await callsAbout(recipient);
        return calls.length === times && calls;
      },
      { message: `the webhook was called ${times} times` },
    );

  it('…01 is refused with 131026', async () => {
    const answer = await send('+919999900001');
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('131026');
    expect(await simulator.messages()).toEqual([]);
  });

  it('…02 fails twice with 500 and an error body, then accepts; each message for itself', async () => {
    const answers = [await send('+919999900002'), await send('+919999900002', 'n-2'), await send('+919999900002')];
    expect(answers.map(({ status }) => status)).toEqual([500, 500, 500]);
    expect(answers[0]?.text).toContain('131000');
    expect((await send('+919999900002')).status).toBe(200);
    expect((await send('+919999900002', 'n-2')).status).toBe(500);
    expect((await send('+919999900002', 'n-2')).status).toBe(200);
    expect((await simulator.requests('?notification=n-2')).by_notification['n-2']).toMatchObject({
      arrived: 3,
      delivered: 1,
    });
  });

  it('…02 begins again after it has accepted', async () => {
    for (const status of [500, 500, 200, 500]) expect((await send('+919999900002')).status).toBe(status);
  });

  it('…03 delivers, but cuts the connection before the answer', async () => {
    await expect(send('+919999900003')).rejects.toThrow();
    expect(await simulator.messages()).toMatchObject([{ notification_id: 'n-1' }]);
    await called('+919999900003', 3);
    expect(await simulator.requests()).toMatchObject({ by_answer: { cut: 1 }, total: { delivered: 1, open: 0 } });
  });

  it('…04 is throttled for two seconds, then accepts', async () => {
    const answer = await send('+919999900004');
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '2']);
    expect((await send('+919999900004')).status).toBe(200);
  });

  it('…05 answers 500 without a usable body, every time', async () => {
    for (const _ of [1, 2, 3, 4])
      expect(await send('+919999900005')).toMatchObject({ status: 500, text: '{"message":null}' });
    expect(await simulator.messages()).toEqual([]);
  });

  it('…06 is accepted, and reported as failed with 131026', async () => {
    expect((await send('+919999900006')).status).toBe(200);
    const calls = await called('+919999900006', 1);
    expect(calls.map(statusOf)).toEqual(['failed']);
    expect(calls[0]?.text).toContain('"code":131026');
    expect(await simulator.messages()).toMatchObject([{ status: 'failed' }]);
  });

  it('…07 reports once before the answer, then everything twice and backwards', async () => {
    const answer = await send('+919999900007');
    expect((await callsAbout('+919999900007')).map(statusOf)[0]).toBe('delivered');
    expect(answer.status).toBe(200);
    const calls = await called('+919999900007', 7);
    expect(calls.slice(1).map(statusOf)).toEqual(['read', 'read', 'delivered', 'delivered', 'sent', 'sent']);
    expect(calls[1]?.text).toBe(calls[2]?.text);
  });

  it('…08 delivers at once and has not answered long after', async () => {
    const caller = new AbortController();
    const answer = simulator.send(contract, '+919999900008', 'Hello', { signal: caller.signal });
    const gone = expect(answer).rejects.toThrow('abort');
    await eventually(async () => (await simulator.messages()).length === 1, { message: 'the message was captured' });
    await called('+919999900008', 3);
    expect((await simulator.requests()).open).toMatchObject([{ recipient: '+919999900008' }]);
    caller.abort();
    await gone;
    await eventually(async () => (await simulator.requests()).by_answer['given-up'] === 1, {
      message: 'the request is given up',
    });
  });

  it('…09 is accepted, and answers STOP after the receipts', async () => {
    expect((await send('+919999900009')).status).toBe(200);
    const calls = await called('+919999900009', 4);
    expect(calls[3]?.body).toMatchObject({
      event_type: 'message.received',
      direction: 'inbound',
      customer_identifier: '919999900009',
      payload: { data: { type: 'text', context: { body: 'STOP' } } },
    });
    expect(await simulator.messages()).toMatchObject([{ replies: [{ text: 'STOP' }] }]);
  });

  it('…10 is refused for now, every time', async () => {
    for (const _ of [1, 2, 3, 4]) {
      const answer = await send('+919999900010');
      expect(answer).toMatchObject({ status: 500, text: expect.stringContaining('131000') as string });
    }
    expect(await simulator.messages()).toEqual([]);
  });
});

const statusOf = ({ body }: WebhookCall) =>
  body['status'] ?? (body['payload'] as Readonly<Record<string, unknown>> | undefined)?.['status'];
