import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { type TokenRequest } from './parse-request.js';

/** How the api checks tokens. */
export interface TokenSettings {
  readonly secret: string;
  readonly issuer: string;
  readonly audience: string;
  readonly rolesClaim: string;
}

/** Signs a token (HS256) that the api accepts until its time is up. */
export function mintToken(request: TokenRequest, settings: TokenSettings, now: Date): Promise<string> {
  const issuedAt = Math.floor(now.getTime() / 1_000);
  return new SignJWT({ [settings.rolesClaim]: [request.role] })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setSubject(request.client)
    .setIssuer(settings.issuer)
    .setAudience(settings.audience)
    .setJti(randomUUID())
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + request.ttlSeconds)
    .sign(new TextEncoder().encode(settings.secret));
}
