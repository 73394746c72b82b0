import { generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { jwt, secret, tokenFor } from './api-under-test.js';

/** Tokens that open nothing: what is wrong with each, how it is made, and the code that tells it. */
export const badTokens: readonly (readonly [string, () => Promise<string>, 'token_expired' | 'token_invalid'])[] = [
  ['has expired', () => sign((token) => token.setExpirationTime(new Date(Date.now() - 60_000))), 'token_expired'],
  ['never expires', () => token().sign(key), 'token_invalid'],
  ['comes from another issuer', () => sign((token) => token.setIssuer('elsewhere')), 'token_invalid'],
  ['is meant for another audience', () => sign((token) => token.setAudience('elsewhere')), 'token_invalid'],
  ['is not valid yet', () => sign((token) => token.setNotBefore('1h')), 'token_invalid'],
  ['names no client', () => sign((token) => token.setSubject('')), 'token_invalid'],
  ['is signed with another secret', async () => `${(await tokenFor(['admin'])).slice(0, -6)}AAAAAA`, 'token_invalid'],
  ['is signed with another algorithm', () => sign((token) => token, 'HS512'), 'token_invalid'],
  ['is not signed (alg: none)', unsigned, 'token_invalid'],
  ['is signed with a key of its own', signedWithOwnKey, 'token_invalid'],
  ['is no token', async () => 'nonsense', 'token_invalid'],
  ['has parts that are no JSON', async () => 'YQ.YQ.YQ', 'token_invalid'],
];

/** A token by a key that nobody published. */
export async function signedWithOwnKey(): Promise<string> {
  const { privateKey } = await generateKeyPair('ES256');
  return token({ alg: 'ES256', kid: 'own' }).setExpirationTime('5m').sign(privateKey);
}

const key = new TextEncoder().encode(secret);

/** An admin's token that lacks its expiry. */
export function token(header: { readonly alg: string; readonly kid?: string } = { alg: 'HS256' }): SignJWT {
  return new SignJWT({ roles: ['admin'] })
    .setProtectedHeader(header)
    .setSubject('client')
    .setIssuer(jwt.issuer)
    .setAudience(jwt.audience);
}

function sign(change: (token: SignJWT) => SignJWT, alg = 'HS256'): Promise<string> {
  return change(token({ alg }).setExpirationTime('5m')).sign(key);
}

async function unsigned(): Promise<string> {
  return new UnsecuredJWT({ roles: ['admin'] })
    .setSubject('c')
    .setIssuer(jwt.issuer)
    .setAudience(jwt.audience)
    .setExpirationTime('5m')
    .encode();
}
