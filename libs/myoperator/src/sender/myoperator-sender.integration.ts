import { type Outcome } from '@earlybird/core';
import { aShipment, aTemplate, guardLeaks, messageSenderContract, type ProviderScenario } from '@earlybird/testing';
import { apis, limits, secrets, type SimulatedProvider, simulateProvider } from '../../test/simulated-provider.js';
import { codeTable } from '../outcome/code-table.js';

const scenarios: Readonly<Record<ProviderScenario, readonly object[]>> = {
  accepts: [],
  fails: [{ fault: 'error', code: '131000', status: 500 }],
  refuses: [{ fault: 'error', code: '131009', status: 400 }],
  throttles: [{ fault: 'throttle' }],
  locks: [{ fault: 'account' }],
  away: [{ fault: 'outage' }],
  delivers_and_cuts: [{ fault: 'cut' }],
  delivers_and_stays_silent: [{ fault: 'slow', delay_ms: 60_000 }],
};

let provider: SimulatedProvider;
beforeAll(async () => {
  provider = await simulateProvider();
});
afterAll(() => provider.close());

describe.each(apis)('MyOperator over the %s contract', (api) => {
  messageSenderContract('it', async () => ({
    sender: provider.open(api).sender,
    arrange: (scenario) => provider.setRules(...scenarios[scenario]),
    deliveries: ({ notificationId }) => provider.deliveries(notificationId),
    limitMs: limits.connectTimeoutMs + limits.timeoutMs,
    secrets,
    close: async () => undefined,
  }));

  describe('judges', () => {
    let send: () => Promise<Outcome>;
    beforeAll(() => {
      const { sender } = provider.open(api);
      send = () => sender.send(aShipment());
    });

    it.each(
      [...codeTable].flatMap(([code, { verdict }]) =>
        ['code', 'error.code', 'errors', 'data.error.code'].map((place) => [code, place, verdict] as const),
      ),
    )('the code %s under %s by the table', async (code, place, verdict) => {
      await provider.setRules({ fault: 'error', code, place, status: 400 });
      const { kind, reason } = verdict;
      const outcome = await send();
      expect(outcome).toMatchObject({ kind, reason, errorCode: code, httpStatus: 400 });
      if (verdict.kind === 'throttled') {
        expect(outcome).toMatchObject({ scope: verdict.scope, retryAfterMs: verdict.waitMs });
      }
      if ('consequence' in verdict) expect(outcome).toMatchObject({ consequence: verdict.consequence });
    });

    it.each([
      [200, 'unknown'],
      [201, 'unknown'],
      [204, 'unknown'],
      [301, 'halted'],
      [302, 'unknown'],
      [307, 'halted'],
      [400, 'refused'],
      [401, 'halted'],
      [402, 'halted'],
      [403, 'halted'],
      [404, 'refused'],
      [405, 'deferred'],
      [408, 'deferred'],
      [409, 'deferred'],
      [413, 'deferred'],
      [422, 'refused'],
      [429, 'throttled'],
      [500, 'unknown'],
      [502, 'unknown'],
      [503, 'unknown'],
      [504, 'unknown'],
    ])('the bare status %d by the table', async (status, kind) => {
      const headers = { location: 'http://127.0.0.1:1/' };
      await provider.setRules({ fault: 'answer', status, headers });
      expect(await send()).toMatchObject({ kind, httpStatus: status });
    });

    it('a code that nobody knows as deferred, with code and a piece of the answer', async () => {
      await provider.setRules({ fault: 'error', code: 'CHAT_7777', status: 500 });
      const detail = expect.stringContaining('CHAT_7777') as string;
      expect(await send()).toMatchObject({ kind: 'deferred', errorCode: 'CHAT_7777', detail });
    });

    it.each([
      ['seconds', () => '7', 7_000],
      ['too many seconds', () => '99999', 3_600_000],
      ['a date', () => new Date(Date.now() + 600_000).toUTCString(), 600_000],
    ])('Retry-After in %s', async (_, retryAfter, expectedMs) => {
      await provider.setRules({ fault: 'throttle', retry_after: retryAfter() });
      const outcome = await send();
      expect(outcome).toMatchObject({ kind: 'throttled', scope: 'sender' });
      const { retryAfterMs } = outcome as Extract<Outcome, { kind: 'throttled' }>;
      expect(Math.abs(retryAfterMs - expectedMs)).toBeLessThan(30_000);
    });
  });

  describe('survives', () => {
    const html = '<!doctype html><html><body><h1>Bad gateway</h1></body></html>';
    it.each([
      ['an HTML page of a gateway', { status: 502, headers: { 'content-type': 'text/html' }, body: html }, 'unknown'],
      ['an HTML page that says yes', { status: 200, headers: { 'content-type': 'text/html' }, body: html }, 'unknown'],
      [
        'JSON of another type',
        { status: 200, headers: { 'content-type': 'image/png' }, body: '{"id":"{{message_id}}"}', delivers: true },
        'accepted',
      ],
      ['half a JSON text', { status: 200, body: '{"message_id":"wam' }, 'unknown'],
      ['nothing at all', { status: 200, headers: {}, body: '' }, 'unknown'],
      ['a huge yes', { status: 200, body: '{"message_id":"x","pad":"', pad_bytes: 50_000_000 }, 'unknown'],
      ['a huge no', { status: 400, body: html, pad_bytes: 50_000_000 }, 'refused'],
      [
        'a yes that comes byte by byte',
        { status: 200, body: '{"message_id":"1"}', chunk_bytes: 1, every_ms: 500 },
        'unknown',
      ],
      [
        'a no that comes byte by byte',
        { status: 400, body: '{"message":"no"}', chunk_bytes: 1, every_ms: 500 },
        'refused',
      ],
      [
        'an encoding that was not asked for',
        { status: 200, headers: { 'content-encoding': 'gzip' }, body: 'not gzip' },
        'unknown',
      ],
      ['numbers and lists for objects', { status: 500, body: '[[[1,2,{"error":{"code":131026}}]]]' }, 'unknown'],
      ['nested nonsense', { status: 200, body: `${'['.repeat(20_000)}${']'.repeat(20_000)}` }, 'unknown'],
    ])('%s', async (_, answer, kind) => {
      await provider.setRules({ fault: 'answer', ...answer });
      const { sender } = provider.open(api);
      const start = performance.now();
      expect(await sender.send(aShipment())).toMatchObject({ kind });
      expect(performance.now() - start).toBeLessThan(limits.timeoutMs + 1_000);
      await provider.setRules();
      expect((await sender.send(aShipment())).kind).toBe('accepted');
    });

    it('an answer that repeats the request: nothing personal and no credential is kept', async () => {
      const shipment = aShipment();
      const echo = JSON.stringify({ seen: [secrets, shipment.phone, shipment.message.text, shipment.variables] });
      await provider.setRules({ fault: 'answer', status: 400, body: echo });
      const kept = JSON.stringify(await provider.open(api).sender.send(shipment));
      const forbidden = [...secrets, '9876543210', 'Priya', shipment.message.text];
      // The other contract's credentials are not known to this one, so only its own can be hidden.
      const own = forbidden.filter((text) => !secrets.includes(text) || isOf(api, text));
      expect(own.filter((text) => kept.includes(text))).toEqual([]);
    });
  });

  it('refuses wrong credentials as a halt of the account', async () => {
    await provider.setRules();
    const contract =
      api === 'whatsapp'
        ? ({ api, apiKey: 'wrong', apiSecret: 'wrong', accountId: 'wrong' } as const)
        : ({ api, token: 'wrong', companyId: 'wrong', sender: 'wrong' } as const);
    const outcome = await provider.open(api, { contract }).sender.send(aShipment());
    expect(outcome).toMatchObject({ kind: 'halted', scope: 'account', httpStatus: 401 });
  });

  describe('is probed without sending anything:', () => {
    it.each([
      ['open when all is well', [], { kind: 'open' }],
      ['halted when the account is closed', [{ fault: 'account' }], { kind: 'halted', scope: 'account' }],
      ['halted when nobody listens', [{ fault: 'outage' }], { kind: 'halted', scope: 'road' }],
    ])('%s', async (_, rules, expected) => {
      await provider.setRules(...rules);
      const before = await provider.messages();
      expect(await provider.open(api).probe()).toMatchObject(expected);
      await provider.setRules();
      expect(await provider.messages()).toBe(before);
    });
  });
});

describe('MyOperator over the chat contract', () => {
  it('sends a mapped template when free text would be refused, because the window is closed', async () => {
    await provider.setRules({ fault: 'window-closed' });
    const { sender } = provider.open('chat');
    expect(await sender.send(aShipment())).toMatchObject({
      kind: 'refused',
      reason: 'window_closed',
      errorCode: '131047',
    });
    const providerTemplate = { name: 'order_v1', language: 'en', parameters: ['customer_name', 'total_amount'] };
    const parameters = ['Priya Sharma', '₹2,500.00'];
    const message = { text: 'unused', template: aTemplate({ providerTemplate }), parameters };
    expect(await sender.send(aShipment({ message }))).toMatchObject({ kind: 'accepted' });
    expect(await provider.messages()).toContain('order_v1 · Priya Sharma · ₹2,500.00');
  });
});

function isOf(api: (typeof apis)[number], secret: string): boolean {
  return secrets.indexOf(secret) < 3 === (api === 'whatsapp');
}

guardLeaks();
