import { type JwtConfig } from '@earlybird/ops';
import {
  type CryptoKey,
  createRemoteJWKSet,
  errors,
  type JWTPayload,
  type JWTVerifyGetKey,
  type JWTVerifyOptions,
  jwtVerify,
} from 'jose';
import { Problem } from '../problem/problem.js';
import { type CallerIdentity } from './caller.js';
import { isRole, type Role } from './role.js';

/** Clocks of other machines may differ by this much. */
const clockToleranceSeconds = 5;
/** A key server that does not answer must not hold requests for long. */
const keysTimeoutMs = 5_000;
/**
 * A token by a key that is not known asks for the keys anew, at most this often: soon enough for a key that was changed in a
 * hurry, seldom enough that made-up keys cost the key server nothing.
 */
const keysCooldownMs = 5_000;
/** Names in logs, keys and counters are bounded. */
const longestClient = 120;

/** What RFC 6750 asks an answer to a wrong token to carry. */
const challenge = { 'WWW-Authenticate': 'Bearer error="invalid_token"' };

/** Reads a bearer token; throws Problem `token_invalid`, `token_expired` or `keys_unavailable`. */
export type TokenVerifier = (token: string) => Promise<CallerIdentity>;

/**
 * Checks signature, issuer, audience, expiry and subject. The algorithm is the configuration's, never the token's: HS256 with a
 * secret, RS256 or ES256 with published keys; `alg: none` is none of them.
 */
export function tokenVerifier(config: JwtConfig): TokenVerifier {
  const key = keyOf(config);
  const options: JWTVerifyOptions = {
    algorithms: config.keys.kind === 'secret' ? ['HS256'] : ['RS256', 'ES256'],
    issuer: config.issuer,
    audience: config.audience,
    requiredClaims: ['sub', 'exp'],
    clockTolerance: clockToleranceSeconds,
  };
  return async (token) => {
    try {
      const { payload } =
        typeof key === 'function' ? await jwtVerify(token, key, options) : await jwtVerify(token, key, options);
      return callerIn(payload, config.rolesClaim);
    } catch (error) {
      throw problemOfToken(error);
    }
  };
}

function keyOf({ keys }: JwtConfig): JWTVerifyGetKey | CryptoKey | Uint8Array {
  if (keys.kind === 'secret') return new TextEncoder().encode(keys.secret);
  return createRemoteJWKSet(new URL(keys.url), {
    timeoutDuration: keysTimeoutMs,
    cooldownDuration: keysCooldownMs,
  });
}

function callerIn(payload: JWTPayload, rolesClaim: string): CallerIdentity {
  const { sub } = payload;
  if (sub === undefined || sub === '' || sub.length > longestClient)
    throw new Problem('token_invalid', `The claim sub must name the client in 1 to ${longestClient} characters.`, {
      headers: challenge,
    });
  return { client: sub, roles: rolesIn(payload[rolesClaim]) };
}

/** A list, or a text with spaces between, as identity providers have it. Words that are no role of ours are passed over. */
function rolesIn(claim: unknown): readonly Role[] {
  const words: readonly unknown[] = typeof claim === 'string' ? claim.split(/\s+/) : Array.isArray(claim) ? claim : [];
  return words.filter(isRole);
}

function problemOfToken(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof errors.JWTExpired)
    return new Problem('token_expired', 'The token has expired: get a new one.', { headers: challenge });
  if (error instanceof errors.JWTClaimValidationFailed)
    return new Problem('token_invalid', `The claim ${error.claim} is missing or not what is expected.`, {
      headers: challenge,
    });
  if (error instanceof errors.JOSEError && !unreachable.has(error.code))
    return new Problem('token_invalid', 'The token is no JWT that was signed for this service.', {
      headers: challenge,
    });
  if (error instanceof TypeError && !isNetworkFailure(error))
    return new Problem('token_invalid', 'The token is no JWT.', { headers: challenge });
  return new Problem('keys_unavailable', 'The key server does not answer.', {
    headers: { 'Retry-After': '5' },
    cause: error,
  });
}

/** What jose throws when the key server answers nonsense or not at all. */
const unreachable = new Set<string>([errors.JWKSTimeout.code, errors.JWKSInvalid.code, errors.JOSEError.code]);

/** `fetch` throws a TypeError too when there is no connection. */
function isNetworkFailure(error: TypeError): boolean {
  return error.message.includes('fetch failed');
}
