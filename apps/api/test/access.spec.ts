import { generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { roles } from '../src/access/role.js';
import { type ApiUnderTest, jwt, secret, startApi, tokenFor } from './api-under-test.js';

let api: ApiUnderTest;
beforeAll(async () => (api = await startApi()));
afterAll(() => api.close());

const key = new TextEncoder().encode(secret);

function sign(change: (token: SignJWT) => SignJWT, alg = 'HS256'): Promise<string> {
  const token = new SignJWT({ roles: ['admin'] })
    .setProtectedHeader({ alg })
    .setSubject('client')
    .setIssuer(jwt.issuer)
    .setAudience(jwt.audience)
    .setExpirationTime('5m');
  return change(token).sign(key);
}

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

  it.each<[string, () => Promise<string>, string]>([
    ['has expired', () => sign((token) => token.setExpirationTime(new Date(Date.now() - 60_000))), 'token_expired'],
    [
      'never expires',
      () =>
        new SignJWT({ roles: ['admin'] })
          .setProtectedHeader({ alg: 'HS256' })
          .setSubject('c')
          .setIssuer(jwt.issuer)
          .setAudience(jwt.audience)
          .sign(key),
      'token_invalid',
    ],
    ['comes from another issuer', () => sign((token) => token.setIssuer('elsewhere')), 'token_invalid'],
    ['is meant for another audience', () => sign((token) => token.setAudience('elsewhere')), 'token_invalid'],
    ['is not valid yet', () => sign((token) => token.setNotBefore('1h')), 'token_invalid'],
    ['names no client', () => sign((token) => token.setSubject('')), 'token_invalid'],
    ['is signed with another secret', async () => `${(await tokenFor(['admin'])).slice(0, -6)}AAAAAA`, 'token_invalid'],
    ['is signed with another algorithm', () => sign((token) => token, 'HS512'), 'token_invalid'],
    [
      'is not signed (alg: none)',
      async () =>
        new UnsecuredJWT({ roles: ['admin'] })
          .setSubject('c')
          .setIssuer(jwt.issuer)
          .setAudience(jwt.audience)
          .setExpirationTime('5m')
          .encode(),
      'token_invalid',
    ],
    ['is signed with a key of its own', signedWithOwnKey, 'token_invalid'],
    ['is no token', async () => 'nonsense', 'token_invalid'],
    ['has parts that are no JSON', async () => 'YQ.YQ.YQ', 'token_invalid'],
  ])('that %s is refused', async (_, token, code) => {
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

async function signedWithOwnKey(): Promise<string> {
  const { privateKey } = await generateKeyPair('ES256');
  return new SignJWT({ roles: ['admin'] })
    .setProtectedHeader({ alg: 'ES256', kid: 'own' })
    .setSubject('c')
    .setIssuer(jwt.issuer)
    .setAudience(jwt.audience)
    .setExpirationTime('5m')
    .sign(privateKey);
}

describe('a role', () => {
  const unknown = 'msg_0000000000000000';
  const body = {
    phone: '+919876543210',
    message_type: 'pause_confirmation',
    context: { customer_name: 'A' },
    immediate: false,
  };

  it.each<[string, string, unknown, readonly string[]]>([
    ['GET', '/history', undefined, ['viewer', 'operator', 'sender', 'admin']],
    ['GET', '/history/%2B919876543210', undefined, ['viewer', 'operator', 'sender', 'admin']],
    ['GET', `/messages/${unknown}`, undefined, ['viewer', 'operator', 'sender', 'admin']],
    ['GET', `/messages/${unknown}/trace`, undefined, ['viewer', 'operator', 'admin']],
    ['POST', `/messages/${unknown}/cancel`, {}, ['operator', 'admin']],
    ['POST', `/messages/${unknown}/resolve`, { as: 'sent' }, ['operator', 'admin']],
    ['POST', `/resend/${unknown}`, {}, ['operator', 'admin']],
    ['GET', '/failures', undefined, ['viewer', 'operator', 'admin']],
    ['POST', '/failures/dismiss', { ids: [unknown] }, ['operator', 'admin']],
    ['POST', '/failures/restore', { ids: [unknown] }, ['operator', 'admin']],
    ['PUT', '/templates/new_product', {}, ['admin']],
    ['POST', '/templates/new_product/rollback', {}, ['admin']],
    ['POST', '/templates/new_product/preview', {}, ['viewer', 'operator', 'admin']],
    ['GET', '/settings/nobody', undefined, ['viewer', 'operator', 'admin']],
    ['PUT', '/settings/somebody', {}, ['sender', 'admin']],
    ['GET', '/settings/by-phone/+919876543210', undefined, ['viewer', 'operator', 'admin']],
    ['PUT', '/settings/by-phone/+919876543210', {}, ['sender', 'admin']],
    ['GET', '/statistics', undefined, ['viewer', 'operator', 'admin']],
    ['GET', '/publishers', undefined, ['viewer', 'operator', 'admin']],
    ['GET', '/receipts/orphans', undefined, ['viewer', 'operator', 'admin']],
    ['DELETE', '/recipients/+919876543298', undefined, ['admin']],
    ['GET', '/audit', undefined, ['admin']],
    ['GET', '/unknown', undefined, ['viewer', 'operator', 'admin']],
    ['GET', '/templates', undefined, ['viewer', 'operator', 'admin']],
    ['GET', '/templates/new_product', undefined, ['viewer', 'operator', 'admin']],
    ['POST', '/send-message', body, ['sender', 'admin']],
    ['GET', '/health', undefined, [...roles, 'nobody']],
    ['GET', '/health/live', undefined, [...roles, 'nobody']],
    ['GET', '/health/ready', undefined, [...roles, 'nobody']],
  ])('decides who may %s %s', async (method, path, sent, allowed) => {
    for (const as of [...roles, 'nobody'] as const) {
      const { status } = await api.call(method, path, { as, body: sent });
      const refused = as === 'nobody' ? 401 : 403;
      expect([as, status === refused]).toEqual([as, !allowed.includes(as)]);
    }
  });
});
