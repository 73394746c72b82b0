import { createLogger, loadConfig, simulatorConfigSchema } from '@earlybird/ops';
import { startSimulator } from '../../src/start-simulator.js';

/** An answer with its body read. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Undefined when the text is no JSON. */
  readonly body: unknown;
}

/** What a test says about a call; the rest is right. */
export interface CallOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Readonly<Record<string, unknown>>;
  readonly signal?: AbortSignal;
}

type Contract = 'whatsapp' | 'chat';

/** A simulator as its callers and its admins see it: over HTTP alone. */
export class SimulatorClient {
  constructor(
    readonly providerUrl: string,
    readonly adminUrl: string,
    readonly stop: () => Promise<void>,
  ) {}

  /** A message with the right credentials, in the words of a contract. */
  async send(contract: Contract, recipient: string, message = 'Hello', options: CallOptions = {}): Promise<Answer> {
    const { path, headers, body } = callOf(contract, recipient, message, options);
    return this.call(path, 'POST', headers, body, options.signal);
  }

  async whatsapp(recipient: string, message?: string, options?: CallOptions): Promise<Answer> {
    return this.send('whatsapp', recipient, message, options);
  }

  async chat(recipient: string, message?: string, options?: CallOptions): Promise<Answer> {
    return this.send('chat', recipient, message, options);
  }

  /** Any call of the provider's port. */
  async call(
    path: string,
    method: string,
    headers: CallOptions['headers'],
    body?: unknown,
    signal?: AbortSignal,
  ): Promise<Answer> {
    return ask(`${this.providerUrl}${path}`, method, headers, body, signal);
  }

  /** Any call of the admin port. */
  async admin(method: string, path: string, body?: unknown): Promise<Answer> {
    return ask(`${this.adminUrl}${path}`, method, {}, body);
  }

  async setRules(...rules: readonly Readonly<Record<string, unknown>>[]): Promise<void> {
    const answer = await this.admin('PUT', '/faults', { rules });
    if (answer.status !== 200) throw new Error(answer.text);
  }

  async messages(query = ''): Promise<readonly SeenMessage[]> {
    return ((await this.admin('GET', `/messages${query}`)).body as { messages: readonly SeenMessage[] }).messages;
  }

  async requests(query = ''): Promise<SeenRequests> {
    return (await this.admin('GET', `/requests${query}`)).body as SeenRequests;
  }
}

/** A message as `GET /messages` shows it. */
export interface SeenMessage {
  readonly id: string;
  readonly recipient: string;
  readonly text: string;
  readonly status: string;
  readonly reference?: string;
  readonly notification_id?: string;
  readonly attempt?: string;
  readonly receipts: readonly { readonly status: string; readonly handover: string; readonly tries: number }[];
  readonly replies: readonly { readonly text: string; readonly handover: string }[];
}

interface SeenCount {
  readonly arrived: number;
  readonly delivered: number;
  readonly open: number;
}

/** The counts as `GET /requests` shows them. */
export interface SeenRequests {
  readonly total: SeenCount & { readonly ended: number };
  readonly by_answer: Readonly<Record<string, number>>;
  readonly by_recipient: Readonly<Record<string, SeenCount>>;
  readonly by_notification: Readonly<Record<string, SeenCount>>;
  readonly doubled: readonly string[];
  readonly open: readonly { readonly recipient: string }[];
}

/** The headers of the chat contract that are right. */
export const chatHeaders = { authorization: 'Bearer simulator-token', 'x-myop-company-id': 'simulator-company' };

function callOf(contract: Contract, recipient: string, message: string, { headers, body }: CallOptions) {
  if (contract === 'chat') {
    const call = {
      phone_number_id: 'simulator-phone-number',
      customer_country_code: recipient.slice(1, 3),
      customer_number: recipient.slice(3),
      data: { type: 'text', context: { body: message, preview_url: false } },
      reply_to: null,
    };
    return { path: '/chat/messages', headers: { ...chatHeaders, ...headers }, body: { ...call, ...body } };
  }
  const call = {
    api_key: 'simulator-api-key',
    api_secret: 'simulator-api-secret',
    account_id: 'simulator-account',
    recipient,
    message,
    type: 'text',
  };
  return { path: '/whatsapp/send-message', headers, body: { ...call, ...body } };
}

/** Starts a simulator on free ports in this process. Receipts come at once unless `env` says otherwise. */
export async function simulate(env: Readonly<Record<string, string>> = {}): Promise<SimulatorClient> {
  const config = loadConfig(simulatorConfigSchema, {
    SIMULATOR_PORT: '0',
    SIMULATOR_ADMIN_PORT: '0',
    SIMULATOR_RECEIPT_DELAYS_MS: '0,0,0',
    ...env,
  });
  const log = createLogger({ app: 'myoperator-simulator', level: 'silent' });
  const running = await startSimulator(config, log);
  return new SimulatorClient(running.providerUrl, running.adminUrl, running.stop);
}

async function ask(
  url: string,
  method: string,
  headers: CallOptions['headers'],
  body?: unknown,
  signal?: AbortSignal,
): Promise<Answer> {
  const answer = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    redirect: 'manual',
    ...(signal !== undefined && { signal }),
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, text, body: parse(text) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
