import { z } from 'zod';
import { PlainError } from '../plain-error.js';

/** A call of the api's REST side; `path` begins behind `/api/notifications`. Answers with the JSON of a success. */
export type CallApi = (method: 'GET' | 'POST', path: string, body?: unknown) => Promise<unknown>;

/** Longer than the api waits for the worker. */
const answerWithinMs = 30_000;

/** Calls the api at `url` with a token. Whatever goes wrong is told in words. */
export function apiAt(url: string, token: string): CallApi {
  return async (method, path, body) => {
    const answer = await fetch(`${url}/api/notifications${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(answerWithinMs),
    }).catch((cause: unknown) => {
      throw new PlainError(`the api does not answer at ${url}: is it running? (--url names another)`, { cause });
    });
    const json: unknown = await answer.json().catch(() => undefined);
    if (answer.ok) return json;
    throw new PlainError(`the api answered ${answer.status}: ${detailOf(json)}`);
  };
}

const problemSchema = z.looseObject({ code: z.string(), detail: z.string() });

function detailOf(answer: unknown): string {
  const problem = problemSchema.safeParse(answer);
  return problem.success ? `${problem.data.detail} (${problem.data.code})` : 'no problem document; is it our api?';
}
