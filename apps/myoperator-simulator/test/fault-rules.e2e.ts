import { connect } from 'node:net';
import { eventually } from '@earlybird/testing';
import { chatHeaders, simulate, type SimulatorClient } from './support/simulator-client.js';

const priya = '+919876543210';
const rahul = '+919876543211';

describe('a fault rule', () => {
  let simulator: SimulatorClient;

  beforeAll(async () => {
    simulator = await simulate();
  });
  afterAll(() => simulator.stop());
  afterEach(async () => {
    await simulator.admin('DELETE', '/faults');
    await simulator.admin('DELETE', '/messages');
  });

  const statuses = async (count: number, recipient = priya) => {
    const seen: number[] = [];
    for (let sent = 0; sent < count; sent += 1) seen.push((await simulator.whatsapp(recipient)).status);
    return seen;
  };

  it.each([
    ['code', { code: '131000' }],
    ['error.code', { error: { code: 131000 } }],
    ['errors', { errors: [{ code: 131000 }] }],
    ['data.error.code', { data: { error: { code: 131000 } } }],
  ])('error puts its code under %s when asked to', async (place, body) => {
    await simulator.setRules({ fault: 'error', code: '131000', status: 503, place });
    expect(await simulator.chat(priya)).toMatchObject({ status: 503, body });
  });

  it('strikes a share of the requests, evenly and the same every time', async () => {
    await simulator.setRules({ fault: 'null-error', share: 0.25 });
    expect(await statuses(8)).toEqual([200, 200, 200, 500, 200, 200, 200, 500]);
  });

  it('strikes as often as its count says, and tells how often it did', async () => {
    await simulator.setRules({ fault: 'null-error', count: 2 });
    expect(await statuses(4)).toEqual([500, 500, 200, 200]);
    expect((await simulator.admin('GET', '/faults')).body).toMatchObject({
      rules: [{ fault: 'null-error', applied: 2 }],
    });
  });

  it('strikes the recipients and the contract that it names, and nobody else', async () => {
    await simulator.setRules({ fault: 'null-error', recipients: [rahul], contract: 'whatsapp' });
    expect(await statuses(1, rahul)).toEqual([500]);
    expect(await statuses(1, priya)).toEqual([200]);
    expect((await simulator.chat(rahul)).status).toBe(200);
  });

  it('goes before what a recipient is known for', async () => {
    await simulator.setRules({ fault: 'null-error', count: 1 });
    expect(await statuses(2, '+919999900001')).toEqual([500, 400]);
  });

  it('is tried in the order of the list', async () => {
    await simulator.setRules({ fault: 'error', code: '4', status: 429, count: 1 }, { fault: 'null-error' });
    expect(await statuses(2)).toEqual([429, 500]);
  });

  it('throttle repeats any Retry-After, or none', async () => {
    const date = 'Wed, 21 Oct 2026 07:28:00 GMT';
    await simulator.setRules(
      { fault: 'throttle', retry_after: date, count: 1 },
      { fault: 'throttle', retry_after: null },
    );
    expect((await simulator.whatsapp(priya)).headers.get('retry-after')).toBe(date);
    expect((await simulator.whatsapp(priya)).headers.get('retry-after')).toBeNull();
  });

  it('cut breaks the connection without delivering when told so', async () => {
    await simulator.setRules({ fault: 'cut', delivers: false });
    await expect(simulator.whatsapp(priya)).rejects.toThrow();
    expect(await simulator.messages()).toEqual([]);
  });

  it('slow delivers at once and answers after its delay', async () => {
    await simulator.setRules({ fault: 'slow', delay_ms: 150 });
    const start = Date.now();
    const answer = simulator.whatsapp(priya);
    await eventually(async () => (await simulator.messages()).length === 1, { message: 'the message was captured' });
    expect((await answer).status).toBe(200);
    expect(Date.now() - start).toBeGreaterThanOrEqual(149);
  });

  it('window-closed refuses free text until the customer writes, and lets templates pass', async () => {
    const template = { type: 'template', context: { template_name: 'any', language: 'en', body: {} } };
    await simulator.setRules({ fault: 'window-closed' });
    expect(await simulator.chat(priya)).toMatchObject({ status: 400, body: { code: '131047' } });
    expect((await simulator.chat(priya, '', { body: { data: template } })).status).toBe(200);
    const [message] = await simulator.messages();
    await simulator.admin('POST', `/messages/${message?.id}/replies`, { text: 'Hello' });
    expect((await simulator.chat(priya)).status).toBe(200);
  });

  it.each([
    ['an HTML page', { status: 502, headers: { 'content-type': 'text/html' }, body: '<h1>Bad gateway</h1>' }],
    ['a redirect', { status: 302, headers: { location: 'http://127.0.0.1:1/' }, body: '' }],
    ['nothing', { status: 200, headers: {}, body: '' }],
  ])('answer dictates %s', async (_, dictated) => {
    await simulator.setRules({ fault: 'answer', ...dictated });
    expect(await simulator.whatsapp(priya)).toMatchObject({ status: dictated.status, text: dictated.body });
  });

  it('answer can be slow, piece by piece, huge, and name the message that it delivered', async () => {
    const body = '{"id":"{{message_id}}"}';
    await simulator.setRules(
      { fault: 'answer', body, chunk_bytes: 8, every_ms: 20, delivers: true, count: 1 },
      { fault: 'answer', body: '{}', pad_bytes: 3_000_000 },
    );
    const start = Date.now();
    const slow = await simulator.whatsapp(priya);
    expect(Date.now() - start).toBeGreaterThanOrEqual(55);
    expect(await simulator.messages()).toMatchObject([slow.body]);
    expect((await simulator.whatsapp(priya)).text).toHaveLength(3_000_002);
  });

  it.each([
    [{ rules: [{ fault: 'outag' }] }],
    [{ rules: [{ fault: 'slow', delay_ms: -1 }] }],
    [{ rules: [{ fault: 'account', share: 2 }] }],
    [{ rules: [{ fault: 'account', shar: 1 }] }],
    [{ rules: 'account' }],
    [[]],
    [{}],
  ])('that is none is refused and changes nothing: %j', async (body) => {
    await simulator.setRules({ fault: 'null-error' });
    const answer = await simulator.admin('PUT', '/faults', body);
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_input', faults: [expect.any(String)] } });
    expect(await statuses(1)).toEqual([500]);
  });

  it('may stand alone, without a list', async () => {
    await simulator.admin('PUT', '/faults', { fault: 'null-error' });
    expect(await statuses(1)).toEqual([500]);
  });

  describe('account', () => {
    it('answers 401 to everything on both contracts until it is lifted', async () => {
      await simulator.setRules({ fault: 'account' });
      const answers = [
        await simulator.whatsapp(priya),
        await simulator.chat(priya),
        await simulator.whatsapp('+919999900002', 'Hello', { body: { recipient: undefined } }),
        await simulator.call('/chat/templates', 'GET', chatHeaders),
      ];
      expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401]);
      expect(await simulator.messages()).toEqual([]);
      await simulator.admin('DELETE', '/faults');
      expect(await statuses(1)).toEqual([200]);
    });
  });

  describe('outage', () => {
    it('refuses connections on the provider port while the admin port answers, until it is lifted', async () => {
      await simulator.whatsapp(priya);
      await simulator.setRules({ fault: 'outage' });
      await expect(connected(simulator.providerUrl)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
      await expect(simulator.whatsapp(priya)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
      expect((await simulator.admin('GET', '/health')).body).toMatchObject({ status: 'healthy', provider: 'outage' });
      await simulator.admin('DELETE', '/faults');
      expect(await statuses(1)).toEqual([200]);
      expect(await simulator.messages()).toHaveLength(2);
    });

    it('answers every call that it has taken, also under load: what was delivered was answered, and nothing else was', async () => {
      const ends: string[] = [];
      let going = true;
      const caller = async () => {
        while (going) {
          const end = await simulator.whatsapp(priya).then(
            ({ status }) => String(status),
            (error: { cause?: { code?: string } }) => error.cause?.code ?? 'odd',
          );
          ends.push(end);
          if (end !== '200') await new Promise((resolve) => setTimeout(resolve, 5));
        }
      };
      const callers = Array.from({ length: 10 }, caller);
      await eventually(() => ends.length > 50, { message: '50 calls have ended' });
      await simulator.setRules({ fault: 'outage' });
      await eventually(() => ends.filter((end) => end === 'ECONNREFUSED').length > 20, {
        message: '20 calls are refused',
      });
      await simulator.admin('DELETE', '/faults');
      const before = ends.length;
      await eventually(() => ends.slice(before).filter((end) => end === '200').length > 20, {
        message: '20 calls are answered again',
      });
      going = false;
      await Promise.all(callers);
      expect((await simulator.requests()).total.delivered).toBe(ends.filter((end) => end === '200').length);
    });

    it('cuts what is in flight when told so', async () => {
      await simulator.setRules({ fault: 'slow', delay_ms: 60_000 });
      const answer = expect(simulator.whatsapp(priya)).rejects.toMatchObject({ cause: { code: 'UND_ERR_SOCKET' } });
      await eventually(async () => (await simulator.requests()).open.length === 1, { message: 'the request is open' });
      await simulator.setRules({ fault: 'outage', cut: true });
      await answer;
    });
  });
});

async function connected(url: string): Promise<void> {
  const { hostname, port } = new URL(url);
  await new Promise<void>((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => {
      socket.destroy();
      resolve();
    });
    socket.once('error', reject);
  });
}
