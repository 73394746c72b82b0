import { parseArgs } from 'node:util';
import { PlainError } from '../plain-error.js';

/** What the caller asked for. */
export interface ParkedRequest {
  readonly action: 'list' | 'show' | 'replay' | 'purge';
  /** Whole ids, or beginnings of them. */
  readonly ids: readonly string[];
  /** Of the api. */
  readonly url: string;
  readonly token: string | undefined;
  /** With list: those that somebody replayed or purged. */
  readonly settled: boolean;
}

/** How the command is called. */
export const usage = `npm run parked -- list [--settled]       events set aside for a person, newest first
npm run parked -- show ID              one of them, with reason, headers and masked body
npm run parked -- replay ID…           puts them back into the events' queue
npm run parked -- purge ID…            deletes them for good

ID may be the beginning of an id. --url URL names the api (default http://127.0.0.1:3000, or API_URL), --token TOKEN the
caller (or API_TOKEN); without it a token is made with JWT_SECRET, as npm run token does.`;

const defaultUrl = 'http://127.0.0.1:3000';
/** Fewer characters name too many. */
const idPattern = /^[0-9a-f]{6,64}$/;

/**
 * Reads the arguments; `env` stands in for options that are not given.
 *
 * @throws {PlainError} in words, with the usage
 */
export function parseRequest(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): ParkedRequest {
  const { positionals, values } = readArgs(args);
  const [action, ...ids] = positionals;
  if (action !== 'list' && action !== 'show' && action !== 'replay' && action !== 'purge')
    throw new PlainError(action === undefined ? usage : `there is no "${action}"\n\n${usage}`);
  if ((action === 'list') !== (ids.length === 0) || (action === 'show' && ids.length > 1))
    throw new PlainError(`${action} takes ${action === 'list' ? 'no id' : 'an id'}\n\n${usage}`);
  const strange = ids.find((id) => !idPattern.test(id));
  if (strange !== undefined) throw new PlainError(`"${strange}" is no id: take it from npm run parked -- list`);
  return {
    action,
    ids,
    url: (values.url ?? env['API_URL'] ?? defaultUrl).replace(/\/+$/, ''),
    token: values.token ?? env['API_TOKEN'],
    settled: values.settled ?? false,
  };
}

function readArgs(args: readonly string[]) {
  const options = { url: { type: 'string' }, token: { type: 'string' }, settled: { type: 'boolean' } } as const;
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (cause) {
    throw new PlainError(`${cause instanceof Error ? cause.message : String(cause)}\n\n${usage}`, { cause });
  }
}
