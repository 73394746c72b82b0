import { request } from 'node:http';
import { givenServer } from './given-server.js';

/**
 * Calls the management API of the test broker, or of the one at `base`, `path` below `/api/` with its parts URL-encoded, and
 * answers with the parsed body. Throws for every answer but 2xx. Leaves no connection open.
 */
export async function manageBroker(
  method: string,
  path: string,
  body?: unknown,
  base = givenServer('RABBITMQ_MANAGEMENT_URL'),
): Promise<unknown> {
  const { status, text } = await call(base, method, `/api/${path}`, body === undefined ? '' : JSON.stringify(body));
  if (status < 200 || status > 299) throw new Error(`${method} ${path} answered ${status}: ${text.slice(0, 500)}`);
  return text === '' ? undefined : (JSON.parse(text) as unknown);
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

function call(base: URL, method: string, path: string, body: string): Promise<Answer> {
  const { hostname, port, username, password } = base;
  const auth = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const options = { hostname, port, method, path, auth, headers, agent: false, timeout: 30_000 };
    const sent = request(options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }),
      );
    });
    sent.on('timeout', () => sent.destroy(new Error(`${method} ${path} was not answered`)));
    sent.on('error', reject);
    sent.end(body);
  });
}
