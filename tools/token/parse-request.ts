import { parseArgs } from 'node:util';
import { PlainError } from '../plain-error.js';
import { type Role, roles } from './roles.js';

/** What the caller asked for. */
export interface TokenRequest {
  readonly role: Role;
  /** Who the api takes the caller for; stands in its records. */
  readonly client: string;
  readonly ttlSeconds: number;
}

/** How the command is called. */
export const usage = `npm run -s token -- --role ${roles.join('|')} [--client NAME] [--ttl 8h]`;

const secondsOf = { s: 1, m: 60, h: 3_600, d: 86_400 } as const;
/** Nobody can withdraw such a token, so it must not live for ever. */
const longestTtlSeconds = 365 * secondsOf.d;

/**
 * Reads the arguments.
 *
 * @throws {PlainError} in words, with the usage
 */
export function parseRequest(args: readonly string[]): TokenRequest {
  const { role, client, ttl } = readArgs(args);
  const known = roles.find((name) => name === role);
  if (known === undefined) {
    throw new PlainError(`${role === undefined ? '--role is missing' : `there is no role "${role}"`}. Usage: ${usage}`);
  }
  return { role: known, client: client ?? `local-${known}`, ttlSeconds: secondsIn(ttl ?? '8h') };
}

function readArgs(args: readonly string[]) {
  try {
    const options = { role: { type: 'string' }, client: { type: 'string' }, ttl: { type: 'string' } } as const;
    return parseArgs({ args: [...args], options, strict: true }).values;
  } catch (cause) {
    throw new PlainError(`${cause instanceof Error ? cause.message : String(cause)}. Usage: ${usage}`, { cause });
  }
}

function secondsIn(ttl: string): number {
  const [, count, unit] = /^([1-9]\d{0,6})([smhd])$/.exec(ttl) ?? [];
  const seconds =
    Number(count) * (unit === 's' || unit === 'm' || unit === 'h' || unit === 'd' ? secondsOf[unit] : NaN);
  if (seconds <= longestTtlSeconds) return seconds;
  throw new PlainError(`--ttl must be a time such as 30m, 8h or 7d, at most 365d, but is "${ttl}"`);
}
