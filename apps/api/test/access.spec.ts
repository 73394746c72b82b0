import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { eventually } from '@earlybird/testing';
import { type CryptoKey, exportJWK, generateKeyPair, type JWK } from 'jose';
import { type ApiUnderTest, jwt, startApi, tokenFor } from './api-under-test.js';
import { badTokens, signedWithOwnKey, token } from './bad-tokens.js';

let api: ApiUnderTest;
beforeAll(async () => (api = await startApi()));
afterAll(() => api.close());

describe('a token', () => {
  it('is needed', async () => {
    const answer = await api.call('GET', '/history', { as: 'nobody' });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    expect(answer.body).toEqual({
      type: 'urn:earlybird:problem:token_missing',
      title: 'A bearer token is needed.',
      status: 401,
      code: 'token_missing',
      detail: 'Send the header Authorization: Bearer <token>.',
      correlation_id: answer.headers.get('x-correlation-id'),
    });
  });

  it.each(badTokens)('that %s is refused', async (_, token, code) => {
    const answer = await api.call('GET', '/history', { token: await token() });
    expect([answer.status, answer.body['code']]).toEqual([401, code]);
    expect(answer.headers.get('www-authenticate')).toContain('invalid_token');
  });

  it('may carry its roles as text', async () => {
    expect((await api.call('GET', '/history', { token: await tokenFor('openid viewer') })).status).toBe(200);
  });

  it.each([[undefined], [[]], [['root', 7, null]], [{ admin: true }]])(
    'with the roles %j may do nothing',
    async (claim) => {
      const answer = await api.call('GET', '/history', { token: await tokenFor(claim) });
      expect([answer.status, answer.body['code']]).toEqual([403, 'role_missing']);
    },
  );
});

describe('published keys', () => {
  const published: JWK[] = [];
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.setHeader('Content-Type', 'application/json').end(JSON.stringify({ keys: published }));
  });
  let behind: ApiUnderTest;

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    behind = await startApi({}, {}, { ...jwt, keys: { kind: 'jwks', url: `http://127.0.0.1:${port}/jwks.json` } });
  });
  afterAll(async () => {
    await behind.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  async function newKey(alg: string, kid: string): Promise<CryptoKey> {
    const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
    published.push({ ...(await exportJWK(publicKey)), alg, kid, use: 'sig' });
    return privateKey;
  }
  const answerTo = async (alg: string, kid: string, key: CryptoKey | Uint8Array) => {
    const signed = await token({ alg, kid }).setExpirationTime('5m').sign(key);
    const { status, body } = await behind.call('GET', '/history', { token: signed });
    return [status, body['code']];
  };
  /** A key that is new is looked for at once, but not again and again: whoever makes up keys must not make us ask for each. */
  const isTaken = (alg: string, kid: string, key: CryptoKey) =>
    eventually(async () => (await answerTo(alg, kid, key))[0] === 200, {
      withinMs: 20_000,
      message: `a token by the key ${kid} is taken`,
    });

  it('open with RS256 and ES256, fetched once', async () => {
    const keys = { RS256: await newKey('RS256', 'rsa'), ES256: await newKey('ES256', 'curve') };
    for (let time = 0; time < 3; time += 1) {
      expect(await answerTo('RS256', 'rsa', keys.RS256)).toEqual([200, undefined]);
      expect(await answerTo('ES256', 'curve', keys.ES256)).toEqual([200, undefined]);
    }
    expect(asked).toEqual(['/jwks.json']);
  });

  it('are rotated: the new one opens without a restart, the withdrawn one no more', async () => {
    const old = await newKey('ES256', 'old');
    await isTaken('ES256', 'old', old);
    published.length = 0;
    const next = await newKey('ES256', 'next');
    await isTaken('ES256', 'next', next);
    expect(await answerTo('ES256', 'old', old)).toEqual([401, 'token_invalid']);
  });

  it('are asked for once when many tokens by keys that nobody published come in', async () => {
    const { privateKey } = await generateKeyPair('ES256');
    const before = asked.length;
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => answerTo('ES256', `made-up-${index}`, privateKey)),
    );
    for (const answer of answers) expect(answer).toEqual([401, 'token_invalid']);
    expect(asked.length - before).toBeLessThanOrEqual(1);
  });

  it('open nothing when they are taken for a shared secret', async () => {
    const { publicKey } = await generateKeyPair('RS256', { extractable: true });
    const jwk = await exportJWK(publicKey);
    published.push({ ...jwk, alg: 'RS256', kid: 'confused', use: 'sig' });
    const asSecret = new TextEncoder().encode(JSON.stringify(jwk));
    expect(await answerTo('HS256', 'confused', asSecret)).toEqual([401, 'token_invalid']);
  });

  it('that cannot be fetched are a trouble of ours, not of the token', async () => {
    const keys = { kind: 'jwks', url: 'http://127.0.0.1:9/jwks.json' } as const;
    const other = await startApi({}, {}, { ...jwt, keys });
    const answer = await other.call('GET', '/history', { token: await signedWithOwnKey() });
    await other.close();
    expect([answer.status, answer.body['code'], answer.headers.get('retry-after')]).toEqual([
      503,
      'keys_unavailable',
      '5',
    ]);
  });
});
