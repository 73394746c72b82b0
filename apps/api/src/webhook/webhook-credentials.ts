import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { type WebhookConfig } from '@earlybird/ops';

/** What a call of the webhook brings to prove itself. */
export interface WebhookProof {
  readonly apiKey?: string | undefined;
  readonly authorization?: string | undefined;
  readonly signature?: string | undefined;
  /** The body as it came, which the signature covers. */
  readonly rawBody: Uint8Array;
}

/**
 * True when one of the configured ways is satisfied: the key in X-Api-Key, HTTP Basic, or the HMAC-SHA256 of the raw body in
 * X-MyOperator-Signature (hex or base64, `sha256=` before it or not). All comparisons take the same time for any input.
 */
export function isProven(proof: WebhookProof, config: WebhookConfig): boolean {
  const ways = [byKey(proof, config), byBasic(proof, config), bySignature(proof, config)];
  return config.allowUnauthenticated || ways.includes(true);
}

function byKey({ apiKey }: WebhookProof, config: WebhookConfig): boolean {
  return config.apiKey !== undefined && apiKey !== undefined && isSame(apiKey, config.apiKey);
}

function byBasic({ authorization = '' }: WebhookProof, { basic }: WebhookConfig): boolean {
  const encoded = /^Basic +([A-Za-z0-9+/=]+) *$/i.exec(authorization)?.[1];
  if (basic === undefined || encoded === undefined) return false;
  return isSame(Buffer.from(encoded, 'base64').toString(), `${basic.user}:${basic.password}`);
}

function bySignature({ signature, rawBody }: WebhookProof, { hmacSecret }: WebhookConfig): boolean {
  if (hmacSecret === undefined || signature === undefined) return false;
  const expected = createHmac('sha256', hmacSecret).update(rawBody).digest();
  const given = signature.replace(/^sha256=/i, '').trim();
  const decoded = /^[0-9a-f]{64}$/i.test(given) ? Buffer.from(given, 'hex') : Buffer.from(given, 'base64');
  return decoded.length === expected.length && timingSafeEqual(decoded, expected);
}

/** Digests are compared, so that not even the length shows. */
function isSame(given: string, expected: string): boolean {
  return timingSafeEqual(digest(given), digest(expected));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
