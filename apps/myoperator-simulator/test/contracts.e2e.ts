import { chatHeaders, simulate, type SimulatorClient } from './support/simulator-client.js';

const priya = '+919876543210';

describe('the provider', () => {
  let simulator: SimulatorClient;

  beforeAll(async () => {
    simulator = await simulate({ SIMULATOR_TEMPLATES: 'order_confirmation_v1' });
  });
  afterAll(() => simulator.stop());
  beforeEach(() => simulator.admin('DELETE', '/messages'));

  describe('on the whatsapp contract', () => {
    it('accepts a text and gives it an id under which it can be seen', async () => {
      const answer = await simulator.whatsapp(priya, 'Namaste', {
        headers: { 'x-notification-id': 'msg_1', 'x-attempt': '2' },
      });
      expect(answer).toMatchObject({ status: 200, body: { message_id: expect.stringMatching(/^msg-/) as string } });
      expect(await simulator.messages()).toMatchObject([
        {
          id: (answer.body as { message_id: string }).message_id,
          recipient: priya,
          text: 'Namaste',
          notification_id: 'msg_1',
          attempt: '2',
        },
      ]);
    });

    it.each([
      ['a wrong key', { body: { api_key: 'simulator-api-kez' } }],
      ['a wrong secret', { body: { api_secret: 'simulator-api-secre' } }],
      ['a wrong account', { body: { account_id: '' } }],
      ['a missing key', { body: { api_key: undefined } }],
      ['a key that is no text', { body: { api_key: { $ne: null } } }],
      ['a wrong bearer beside a right body', { headers: { authorization: 'Bearer other' } }],
    ])('refuses %s with 401 and delivers nothing', async (_, options) => {
      expect((await simulator.whatsapp(priya, 'Hello', options)).status).toBe(401);
      expect(await simulator.messages()).toEqual([]);
    });

    it('takes the bearer header that repeats the key', async () => {
      const headers = { authorization: 'Bearer simulator-api-key' };
      expect((await simulator.whatsapp(priya, 'Hello', { headers })).status).toBe(200);
    });

    it.each([
      ['no recipient, as the probe sends it', { recipient: undefined }],
      ['a recipient without plus', { recipient: '919876543210' }],
      ['an empty message', { message: ' ' }],
      ['a message beyond 4,096 characters', { message: 'x'.repeat(4_097) }],
      ['a type other than text', { type: 'image' }],
    ])('refuses %s with 400 once the credentials are right', async (_, body) => {
      const answer = await simulator.whatsapp(priya, 'Hello', { body });
      expect(answer).toMatchObject({ status: 400, body: { error: { code: 100 } } });
      expect(await simulator.messages()).toEqual([]);
    });

    it.each([['{"api_key":'], ['[1,2]'], ['null'], ['']])('refuses the body %s with 400', async (body) => {
      expect((await simulator.call('/whatsapp/send-message', 'POST', {}, body)).status).toBe(400);
    });

    it('refuses a body beyond 64 KB with 400', async () => {
      const answer = await simulator.whatsapp(priya, 'x'.repeat(70_000));
      expect(answer.status).toBe(400);
    });
  });

  describe('on the chat contract', () => {
    it('accepts a text with code 200 as a string, a conversation and a message id', async () => {
      const answer = await simulator.chat(priya, 'Namaste', { body: { myop_ref_id: 'msg_7:1' } });
      expect(answer.status).toBe(200);
      expect(answer.body).toEqual({
        status: 'success',
        code: '200',
        message: 'Accepted',
        data: { conversation_id: expect.any(String) as string, message_id: expect.stringMatching(/^msg-/) as string },
      });
      expect(await simulator.messages('?reference=msg_7:1')).toMatchObject([{ recipient: priya, text: 'Namaste' }]);
    });

    it('accepts an approved template with its parameters', async () => {
      const context = { template_name: 'order_confirmation_v1', language: 'en', body: { '1': 'Priya', '2': 'ORD-1' } };
      const answer = await simulator.chat(priya, '', { body: { data: { type: 'template', context } } });
      expect(answer.status).toBe(200);
      expect(await simulator.messages()).toMatchObject([
        {
          text: 'order_confirmation_v1 · Priya · ORD-1',
          template: { name: 'order_confirmation_v1', language: 'en', parameters: { '1': 'Priya', '2': 'ORD-1' } },
        },
      ]);
    });

    it('refuses a template that is not approved with 132001', async () => {
      const context = { template_name: 'other', language: 'en', body: {} };
      const answer = await simulator.chat(priya, '', { body: { data: { type: 'template', context } } });
      expect(answer).toMatchObject({ status: 400, body: { code: '132001' } });
    });

    it.each([
      ['a wrong token', { authorization: 'Bearer simulator-toke' }, 401],
      ['no token', { authorization: '' }, 401],
      ['a wrong company', { 'x-myop-company-id': 'other' }, 401],
      ['the right token behind a lower-case bearer', { authorization: 'bearer simulator-token' }, 403],
    ])('refuses %s', async (_, headers, status) => {
      expect((await simulator.chat(priya, 'Hello', { headers })).status).toBe(status);
      expect(await simulator.messages()).toEqual([]);
    });

    it.each([
      ['the id of a foreign number', { phone_number_id: 'other' }, 'CHAT_4001'],
      ['an empty text', { data: { type: 'text', context: { body: '' } } }, '100'],
      [
        'an empty parameter',
        { data: { type: 'template', context: { template_name: 'x', language: 'en', body: { '1': '' } } } },
        '100',
      ],
      ['a number that is none', { customer_number: '98765 43210' }, '100'],
    ])('refuses %s with its code', async (_, body, code) => {
      expect(await simulator.chat(priya, 'Hello', { body })).toMatchObject({ status: 400, body: { code } });
    });

    it('lists the approved templates to whoever has the credentials, and to nobody else', async () => {
      const list = await simulator.call('/chat/templates?limit=1', 'GET', chatHeaders);
      expect(list).toMatchObject({ status: 200, body: { data: { results: [{ name: 'order_confirmation_v1' }] } } });
      const headers = { ...chatHeaders, authorization: 'Bearer wrong' };
      expect((await simulator.call('/chat/templates', 'GET', headers)).status).toBe(401);
    });
  });

  it('knows no other call', async () => {
    expect((await simulator.call('/chat/messages', 'GET', chatHeaders)).status).toBe(404);
    expect((await simulator.call('/whatsapp/other', 'POST', {}, {})).status).toBe(404);
  });

  it('shows messages newest first, by phone, by reference, up to a limit', async () => {
    await simulator.chat(priya, 'one', { body: { myop_ref_id: 'a' } });
    await simulator.chat('+919876543211', 'two', { body: { myop_ref_id: 'b' } });
    await simulator.chat(priya, 'three', { headers: { 'x-notification-id': 'c' } });
    const texts = async (query: string) => (await simulator.messages(query)).map(({ text }) => text);
    expect(await texts('')).toEqual(['three', 'two', 'one']);
    expect(await texts(`?phone=${encodeURIComponent(priya)}`)).toEqual(['three', 'one']);
    expect(await texts('?reference=b')).toEqual(['two']);
    expect(await texts('?reference=c')).toEqual(['three']);
    expect(await texts('?limit=1')).toEqual(['three']);
    expect((await simulator.admin('GET', '/messages?limit=0')).status).toBe(400);
    expect((await simulator.admin('GET', '/messages?telephone=1')).status).toBe(400);
  });

  it('forgets messages and counts when told to', async () => {
    await simulator.whatsapp(priya);
    expect((await simulator.admin('DELETE', '/messages')).status).toBe(204);
    expect(await simulator.messages()).toEqual([]);
    expect((await simulator.requests()).total).toEqual({ arrived: 0, delivered: 0, ended: 0, open: 0 });
  });
});
