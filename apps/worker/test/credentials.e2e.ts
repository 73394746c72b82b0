import { sampleEvent } from '@earlybird/events';
import { queues } from '@earlybird/rabbitmq';
import { eventually, guardLeaks, type RunningSystem, startSystem } from '@earlybird/testing';

/** The credentials of both contracts; unlike any other word, so that what is found is them. */
const key = 'key-4f1c9a7be2d0';
const keySecret = 'secret-93be07cc51af';
const accountId = 'account-7d20e6aa18fb';
const token = 'token-0c5e81d94b7f';
const companyId = 'company-b8a3f61e02c9';
const senderId = 'sender-26d97fe0ab43';

interface Account {
  readonly api: string;
  readonly secrets: readonly string[];
  readonly workerEnv: Readonly<Record<string, string>>;
}

const accounts: readonly Account[] = [
  {
    api: 'whatsapp',
    secrets: [key, keySecret, accountId],
    workerEnv: { MYOPERATOR_API_KEY: key, MYOPERATOR_API_SECRET: keySecret, MYOPERATOR_ACCOUNT_ID: accountId },
  },
  {
    api: 'chat',
    secrets: [token, companyId, senderId],
    workerEnv: {
      MYOPERATOR_API: 'chat',
      MYOPERATOR_TOKEN: token,
      MYOPERATOR_COMPANY_ID: companyId,
      MYOPERATOR_PHONE_NUMBER_ID: senderId,
    },
  },
];

const simulatorEnv = {
  SIMULATOR_API_KEY: key,
  SIMULATOR_API_SECRET: keySecret,
  SIMULATOR_ACCOUNT_ID: accountId,
  SIMULATOR_TOKEN: token,
  SIMULATOR_COMPANY_ID: companyId,
  SIMULATOR_PHONE_NUMBER_ID: senderId,
};

const numbers = {
  accepted: '+919876580001',
  echoed: '+919876580002',
  echoedWithoutCode: '+919876580003',
  cut: '+919876580004',
  slow: '+919876580005',
  later: '+919876580006',
};

const limitMs = 60_000;

describe.each(accounts)('the credentials of $api', ({ secrets, workerEnv }) => {
  let system: RunningSystem;
  beforeAll(async () => {
    system = await startSystem({
      api: true,
      storefront: true,
      simulatorEnv: { ...simulatorEnv, LOG_LEVEL: 'trace' },
      workerEnv: { ...workerEnv, LOG_LEVEL: 'trace' },
    });
  });
  afterAll(() => system.stop(), 30_000);

  it(
    'are in nothing that the system wrote through success, 401, 500, a cut connection and time limits',
    async () => {
      const echo = `refused for ${secrets.join(' and ')}, Bearer ${secrets[0]}`;
      await system.callSimulator('PUT', '/faults', {
        rules: [
          {
            fault: 'answer',
            status: 500,
            body: JSON.stringify({ error: { code: '131000', message: echo } }),
            recipients: [numbers.echoed],
          },
          { fault: 'answer', status: 500, body: `<html>${echo}</html>`, recipients: [numbers.echoedWithoutCode] },
          { fault: 'cut', recipients: [numbers.cut] },
          { fault: 'slow', delay_ms: 2_000, recipients: [numbers.slow] },
        ],
      });
      const { later, ...first } = numbers;
      for (const [name, phone] of Object.entries(first)) await publish(name, phone);
      await reaches('accepted', 'read');
      await reaches('echoed', 'failed');
      for (const name of ['echoedWithoutCode', 'cut', 'slow']) await reaches(name, 'unknown');
      await system.callSimulator('PUT', '/faults', { fault: 'account' });
      await publish('later', later);
      await eventually(async () => (await system.record.notificationOf('later'))?.attempts[0]?.outcome === 'halted', {
        message: 'the account is halted',
      });
      const shown = await system.callApi('GET', '/history?limit=50');
      const parked = await system.broker.peek(queues.dispatchDead);
      const everything = new Map<string, string>([
        ...system.processes.map(({ name, output }) => [`the log of the ${name}`, output.join('\n')] as const),
        ...[...(await system.record.dump())].map(([name, text]) => [`the collection ${name}`, text] as const),
        ...(await envelopes()).map(([name, text]) => [`the queue ${name}`, text] as const),
        ['the file of the simulator', (await system.journal()).map((line) => JSON.stringify(line)).join('\n')] as const,
        ['the answer of the api', JSON.stringify(shown)] as const,
      ]);

      // What must be there is there: otherwise the search would find nothing because it looks at nothing.
      const echoed = await system.record.notificationOf('echoed');
      expect(parked).toHaveLength(1);
      expect(echoed?.attempts[0]?.detail).toMatch(/refused for/);
      for (const place of [
        'the log of the worker 1',
        'the collection notifications_log',
        `the queue ${queues.dispatchDead}`,
        'the file of the simulator',
        'the answer of the api',
      ])
        expect([place, everything.get(place)]).toEqual([place, expect.stringContaining(echoed?._id ?? 'none')]);
      const found = [...everything].flatMap(([place, text]) =>
        secrets
          .filter((secret) => formsOf(secret).some((form) => text.includes(form)))
          .map((secret) => ({ place, secret })),
      );
      expect(found).toEqual([]);
    },
    limitMs,
  );

  function publish(id: string, phone: string): Promise<void> {
    return system.publishers.publish(sampleEvent('order.created', { id, time: new Date(), customer: { phone } }));
  }

  function reaches(eventId: string, status: string): Promise<unknown> {
    return eventually(async () => (await system.record.notificationOf(eventId))?.status === status, {
      message: `${eventId} is ${status}`,
    });
  }

  /** Headers and bodies of all that lies in any queue. */
  async function envelopes(): Promise<readonly (readonly [string, string])[]> {
    const all = (await system.vhost.manage('GET', 'queues/{vhost}')) as readonly { readonly name: string }[];
    return Promise.all(all.map(async ({ name }) => [name, JSON.stringify(await system.broker.peek(name))] as const));
  }
});

/** As it is, and as a URL, a header or a dump of bytes would have it. */
function formsOf(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  // Whatever stands before it, two of three offsets are lost at the ends: the middle of each form is looked for.
  const shifted = [0, 1, 2].map((offset) =>
    Buffer.concat([Buffer.alloc(offset, 32), bytes])
      .toString('base64')
      .slice(4, -4),
  );
  return [secret, encodeURIComponent(secret), bytes.toString('hex'), ...shifted];
}

guardLeaks();
