import { request } from 'node:http';

/** What a server answered. */
export interface HttpAnswer {
  readonly status: number;
  /** The parsed JSON; undefined when the body is empty or no JSON. */
  readonly body: unknown;
}

/** Longer than the api waits for the outcome of an immediate send. */
const answerWithinMs = 15_000;

/** Calls a server with a JSON body, or none. Leaves no connection open. Rejects when nobody answers. */
export function httpCall(
  method: string,
  url: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<HttpAnswer> {
  const text = body === undefined ? '' : JSON.stringify(body);
  const sent = { ...(text !== '' && { 'content-type': 'application/json' }), ...headers };
  return new Promise((resolve, reject) => {
    const call = request(url, { method, agent: false, timeout: answerWithinMs, headers: sent }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body: parsed(Buffer.concat(chunks).toString('utf8')) }),
      );
    });
    call.on('timeout', () => call.destroy(new Error(`${method} ${url} was not answered`)));
    call.on('error', reject);
    call.end(text);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
