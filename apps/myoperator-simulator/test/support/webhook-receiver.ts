import { createServer, type IncomingHttpHeaders } from 'node:http';
import { type AddressInfo } from 'node:net';

/** One call of the webhook. */
export interface WebhookCall {
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly at: number;
}

/** A webhook that keeps what it gets and answers as told. */
export interface WebhookReceiver {
  readonly url: string;
  readonly calls: WebhookCall[];
  /** The next answers; 200 when there are none left. */
  readonly answers: number[];
  readonly close: () => Promise<void>;
}

/** Listens on a free port, or on `port`. */
export async function receiveWebhooks(port = 0): Promise<WebhookReceiver> {
  const calls: WebhookCall[] = [];
  const answers: number[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      calls.push({ headers: request.headers, text, body: JSON.parse(text) as WebhookCall['body'], at: Date.now() });
      response.writeHead(answers.shift() ?? 200).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/notifications/webhooks/myoperator`,
    calls,
    answers,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
