import { startApp } from '@earlybird/testing';
import { createMyOperator, type MyOperator, type MyOperatorSettings } from '../src/index.js';

/** The two wire contracts. */
export const apis = ['whatsapp', 'chat'] as const;
export type Api = (typeof apis)[number];

/** Credentials that no word of an answer contains by accident. */
const accounts = {
  whatsapp: { api: 'whatsapp', apiKey: 'kEy-whatsapp-7', apiSecret: 'sEcret-whatsapp-7', accountId: 'aCcount-7' },
  chat: { api: 'chat', token: 'tOken-chat-7', companyId: 'cOmpany-7', sender: 'nUmber-id-7' },
} as const;

/** All of them, for searching. */
export const secrets: readonly string[] = [
  'kEy-whatsapp-7',
  'sEcret-whatsapp-7',
  'aCcount-7',
  'tOken-chat-7',
  'cOmpany-7',
  'nUmber-id-7',
];

/** The real simulator in a process of its own. */
export interface SimulatedProvider {
  /** MyOperator over the given contract; closed with the provider. */
  readonly open: (api: Api, settings?: Partial<MyOperatorSettings>) => MyOperator;
  /** Puts these fault rules in force instead of the earlier ones; without any, everything is in order again. */
  readonly setRules: (...rules: readonly object[]) => Promise<void>;
  /** How often the customer has the message of this notification. */
  readonly deliveries: (notificationId: string) => Promise<number>;
  /** Everything that the simulator shows about messages, as text. */
  readonly messages: () => Promise<string>;
  readonly close: () => Promise<void>;
}

/** Short, so that a suite of silent answers is short; far above what an answer needs. */
export const limits = { connectTimeoutMs: 500, timeoutMs: 1_000 };

export async function simulateProvider(): Promise<SimulatedProvider> {
  const app = await startApp({
    app: 'myoperator-simulator',
    env: {
      ENV_FILE: 'none',
      SIMULATOR_PORT: '0',
      SIMULATOR_ADMIN_PORT: '0',
      SIMULATOR_RECEIPT_DELAYS_MS: 'none',
      SIMULATOR_API_KEY: accounts.whatsapp.apiKey,
      SIMULATOR_API_SECRET: accounts.whatsapp.apiSecret,
      SIMULATOR_ACCOUNT_ID: accounts.whatsapp.accountId,
      SIMULATOR_TOKEN: accounts.chat.token,
      SIMULATOR_COMPANY_ID: accounts.chat.companyId,
      SIMULATOR_PHONE_NUMBER_ID: accounts.chat.sender,
    },
    readyLine: '"context":"admin"',
  });
  const [provider, admin] = app.log('listening').map(({ address }) => String(address));
  if (provider === undefined || admin === undefined) throw new Error('the simulator did not say where it listens');
  const opened: MyOperator[] = [];
  const ask = async (path: string, init: RequestInit = {}) => {
    const headers = { 'content-type': 'application/json', connection: 'close' };
    const answer = await fetch(`${admin}${path}`, { ...init, headers });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${text}`);
    return text;
  };
  return {
    open: (api, settings = {}) => {
      const contract = accounts[api];
      const myOperator = createMyOperator({ contract, baseUrl: provider, sockets: 64, ...limits, ...settings });
      opened.push(myOperator);
      return myOperator;
    },
    setRules: async (...rules) => void (await ask('/faults', { method: 'PUT', body: JSON.stringify({ rules }) })),
    deliveries: async (notificationId) => {
      const text = await ask(`/requests?limit=0&notification=${notificationId}`);
      const { by_notification } = JSON.parse(text) as { by_notification: Record<string, { delivered: number }> };
      return by_notification[notificationId]?.delivered ?? 0;
    },
    messages: () => ask('/messages?limit=1000'),
    close: async () => {
      for (const myOperator of opened) await myOperator.close();
      await app.stop();
    },
  };
}
