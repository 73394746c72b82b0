import { loadConfig } from '@earlybird/ops';
import { jwtVerify } from 'jose';
import { mintToken } from './mint-token.js';
import { parseRequest } from './parse-request.js';
import { tokenConfigSchema } from './token-config.js';

const env = { JWT_SECRET: 'a'.repeat(40) };
const now = new Date('2026-01-28T10:00:00Z');

describe('the arguments of npm run token', () => {
  it('name a role, and by default a client and eight hours', () => {
    expect(parseRequest(['--role', 'admin'])).toEqual({ role: 'admin', client: 'local-admin', ttlSeconds: 28_800 });
    expect(parseRequest(['--role', 'viewer', '--client', 'ravi', '--ttl', '30m'])).toEqual({
      role: 'viewer',
      client: 'ravi',
      ttlSeconds: 1_800,
    });
  });

  it.each([
    [[], '--role is missing'],
    [['--role', 'boss'], 'there is no role "boss"'],
    [['--role', 'admin', '--ttl', 'soon'], '--ttl must be a time such as'],
    [['--role', 'admin', '--ttl', '0h'], '--ttl must be a time such as'],
    [['--role', 'admin', '--ttl', '366d'], '--ttl must be a time such as'],
    [['--role', 'admin', '--colour', 'red'], '--colour'],
  ])('are refused in words: %j', (args, message) => {
    expect(() => parseRequest(args)).toThrow(message);
  });
});

describe('a minted token', () => {
  it('satisfies whoever checks it with the same settings', async () => {
    const settings = loadConfig(tokenConfigSchema, env);
    const token = await mintToken(parseRequest(['--role', 'operator', '--client', 'ravi']), settings, now);
    const { payload, protectedHeader } = await jwtVerify(token, new TextEncoder().encode(env.JWT_SECRET), {
      issuer: 'earlybird',
      audience: 'earlybird-notifications',
      algorithms: ['HS256'],
      currentDate: now,
    });
    expect(protectedHeader.alg).toBe('HS256');
    expect(payload).toMatchObject({ sub: 'ravi', roles: ['operator'], exp: now.getTime() / 1_000 + 28_800 });
  });

  it('is not minted without the secret', () => {
    expect(() => loadConfig(tokenConfigSchema, {})).toThrow(/JWT_SECRET +is missing/);
  });
});
