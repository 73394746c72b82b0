import { createHmac } from 'node:crypto';
import { Pool } from 'undici';

/** Where receipts go, and how they prove where they come from. Every credential that is given is sent. */
export interface WebhookSettings {
  readonly url: string;
  /** Header `X-Api-Key`. */
  readonly apiKey?: string;
  readonly basic?: { readonly user: string; readonly password: string };
  /** Header `X-MyOperator-Signature`: HMAC-SHA256 of the raw body, hexadecimal. */
  readonly hmacSecret?: string;
}

/** What the webhook said: its HTTP status, or nothing because it could not be reached. */
export type WebhookAnswer = { readonly status: number } | { readonly unreachable: string };

/** Receipts under way at once; the provider of a small business does not flood it. Others wait their turn. */
const connections = 32;

/** A webhook that has not answered in this time will not. */
const answerWithinMs = 10_000;

/** Posts bodies to the webhook on kept-alive connections. */
export class Webhook {
  private readonly pool: Pool;
  private readonly path: string;
  private readonly headers: Readonly<Record<string, string>>;

  constructor(private readonly settings: WebhookSettings) {
    const url = new URL(settings.url);
    this.path = url.pathname + url.search;
    this.pool = new Pool(url.origin, { connections, headersTimeout: answerWithinMs, bodyTimeout: answerWithinMs });
    this.headers = headersOf(settings);
  }

  async post(body: unknown): Promise<WebhookAnswer> {
    const text = JSON.stringify(body);
    try {
      const answer = await this.pool.request({
        method: 'POST',
        path: this.path,
        headers: { ...this.headers, ...this.signature(text) },
        body: text,
      });
      await answer.body.dump();
      return { status: answer.statusCode };
    } catch (error) {
      return { unreachable: error instanceof Error ? error.message : String(error) };
    }
  }

  /** Breaks off what is under way. */
  async close(): Promise<void> {
    await this.pool.destroy();
  }

  private signature(text: string): Record<string, string> {
    const { hmacSecret } = this.settings;
    if (hmacSecret === undefined) return {};
    return { 'x-myoperator-signature': createHmac('sha256', hmacSecret).update(text).digest('hex') };
  }
}

function headersOf({ apiKey, basic }: WebhookSettings): Record<string, string> {
  return {
    'content-type': 'application/json',
    ...(apiKey !== undefined && { 'x-api-key': apiKey }),
    ...(basic && { authorization: `Basic ${Buffer.from(`${basic.user}:${basic.password}`).toString('base64')}` }),
  };
}
