import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { queues } from '@earlybird/rabbitmq';
import { eventually, givenServer, guardLeaks, type RunningSystem, startSystem } from '@earlybird/testing';
import { alertCommands } from './alert-commands.js';

const root = join(import.meta.dirname, '..', '..');

/** Each starts a compiler of its own on a machine that does other things too. */
const limitMs = 60_000;

interface Ran {
  readonly code: number | null;
  readonly said: string;
}

describe('a command of the runbook', () => {
  let system: RunningSystem;
  beforeAll(async () => {
    system = await startSystem({ api: true });
    await system.publishRaw('svc-order', [{ routingKey: 'order.created', body: 'no event' }]);
    await system.publishRaw('svc-order', [{ routingKey: 'order.eaten', body: 'nobody listens' }]);
    // The figures of the management API come seconds late, and a command is dearer than a look at them.
    const counted = () =>
      system.vhost.manage('GET', `queues/{vhost}/${queues.unrouted}`) as Promise<{ messages?: number }>;
    await eventually(async () => (await counted()).messages === 1, {
      message: 'the broker counts the event that nobody listens to',
    });
  }, 90_000);
  afterAll(() => system.stop());

  const says: Readonly<Record<keyof typeof alertCommands, Ran>> = {
    doctor: { code: 1, said: 'npm run topology -- reroute' },
    apply: { code: 0, said: '15 queues' },
    reroute: { code: 0, said: 'No rule for: order.eaten (1)' },
    ready: { code: 0, said: '"status":"ok"' },
    apiReady: { code: 0, said: '"status":"ok"' },
    verify: { code: 0, said: 'every collection, index and template is there' },
    parked: { code: 0, said: 'order.created' },
    failures: { code: 0, said: '"groups"' },
    unknown: { code: 0, said: '"messages"' },
    startWorker: { code: 78, said: 'RABBITMQ_URL' },
  };

  it.each(Object.entries(alertCommands) as [keyof typeof alertCommands, string][])(
    'does what the runbook says: %s',
    async (name, command) => {
      const expected = says[name];
      // The figures of the management API come late.
      const end = Date.now() + limitMs / 2;
      let ran = await run(command, name);
      while (!ran.said.includes(expected.said) && Date.now() < end) ran = await run(command, name);
      expect(ran.said).toContain(expected.said);
      expect(ran.code).toBe(expected.code);
    },
    limitMs,
  );

  it('stands in the runbook, and no other', async () => {
    const runbook = await readFile(join(root, 'docs', 'runbook.md'), 'utf8');
    const named = [...runbook.matchAll(/```sh\n(.+)\n```/g)].map(([, command]) => command);
    expect(named.filter((command) => !Object.values<string | undefined>(alertCommands).includes(command))).toEqual([]);
  });

  /** As a person would, but for the ports, which are this system's own. A worker is started with nothing set. */
  async function run(command: string, name: keyof typeof alertCommands): Promise<Ran> {
    const line = command
      .replace('http://127.0.0.1:3001', new URL(system.workers[0]?.settings.readyUrl ?? '').origin)
      .replace('http://127.0.0.1:3002', new URL(system.api?.settings.readyUrl ?? '').origin)
      .replace('http://127.0.0.1:3000', system.apiUrl);
    const child = spawn('sh', ['-c', line], { cwd: root, env: name === 'startWorker' ? bare() : settings() });
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
    return { code, said };
  }

  function bare(): NodeJS.ProcessEnv {
    return { PATH: process.env['PATH'], HOME: process.env['HOME'], ENV_FILE: 'none' };
  }

  function settings(): NodeJS.ProcessEnv {
    return {
      ...bare(),
      RABBITMQ_URL: system.vhost.url,
      RABBITMQ_MANAGEMENT_URL: givenServer('RABBITMQ_MANAGEMENT_URL').href,
      MONGO_URL: system.workers[0]?.settings.env['MONGO_URL'],
      NOTIFICATION_QUEUE_RETRY_DELAY_MS: String(system.pace.retryDelayMs),
      NOTIFICATION_DEFER_DELAY_MS: String(system.pace.deferDelayMs),
      API_URL: system.apiUrl,
      JWT_SECRET: system.tokenSecret,
      JWT_ISSUER: 'earlybird',
      JWT_AUDIENCE: 'earlybird-notifications',
    };
  }
});

guardLeaks();
