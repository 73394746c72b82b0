import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { guardLeaks, makeVhost, type TestVhost } from '@earlybird/testing';
import { queues } from '@earlybird/rabbitmq';
import { connect } from 'amqplib';

const workQueues = [queues.events, queues.commands, queues.dispatch, queues.dispatchBulk, queues.receipts];

const root = join(import.meta.dirname, '..', '..');

/** Runs `npm run topology -- …` as it was built (a compiler at every start costs seconds), with nothing of this machine's settings but the broker. */
async function topology(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, ['dist/tools/topology/main.js', ...args], {
    cwd: root,
    env: { PATH: process.env['PATH'], ENV_FILE: 'none', ...environment },
  });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, said };
}

describe('npm run topology', () => {
  let vhost: TestVhost;
  beforeAll(async () => {
    vhost = await makeVhost();
  });
  afterAll(() => vhost.remove());

  it('applies the topology to a broker', async () => {
    const managementUrl = process.env['RABBITMQ_MANAGEMENT_URL'] ?? '';
    const applied = await topology(['apply'], { RABBITMQ_URL: vhost.url, RABBITMQ_MANAGEMENT_URL: managementUrl });
    expect(applied).toMatchObject({ code: 0, said: expect.stringContaining('15 queues') as string });
    const queues = (await vhost.manage('GET', 'queues/{vhost}')) as readonly unknown[];
    expect(queues).toHaveLength(15);
  });

  it('examines a broker, says what is wrong and what to do, and fails then', async () => {
    const managementUrl = process.env['RABBITMQ_MANAGEMENT_URL'] ?? '';
    const urls = { RABBITMQ_URL: vhost.url, RABBITMQ_MANAGEMENT_URL: managementUrl };
    const { code, said } = await topology(['doctor'], urls);
    expect(code).toBe(1);
    expect(said).toContain('✘ Nobody consumes notifications.dispatch; 0 envelopes lie in it.\n  → Start a worker');
    expect(said).toContain('MONGO_URL is not set');
    const nowhere = await topology(['doctor'], { ...urls, RABBITMQ_URL: `${vhost.url}-other` });
    expect(nowhere).toMatchObject({ code: 1, said: expect.stringContaining('✘ There is no vhost test-') as string });
  });

  it('does not believe a count that the broker has not told yet', async () => {
    const fresh = await makeVhost();
    const urls = {
      RABBITMQ_URL: fresh.url,
      RABBITMQ_MANAGEMENT_URL: process.env['RABBITMQ_MANAGEMENT_URL'] ?? '',
    };
    await topology(['apply'], urls);
    const connection = await connect(fresh.url);
    const channel = await connection.createChannel();
    for (const queue of workQueues) await channel.consume(queue, () => undefined);
    const examined = await topology(['doctor'], urls);
    await connection.close();
    await fresh.remove();
    expect(examined).toMatchObject({ code: 0, said: expect.stringContaining('is as it should be') as string });
    expect(examined.said).not.toContain('Nobody consumes');
  });

  it('rebuilds a queue, and hands unrouted events over', async () => {
    const rebuilt = await topology(['rebuild', 'notifications.dispatch'], { RABBITMQ_URL: vhost.url });
    expect(rebuilt).toEqual({
      code: 0,
      said: 'notifications.dispatch is as the table says; 0 envelopes were kept. Start the workers.\n',
    });
    const rerouted = await topology(['reroute'], { RABBITMQ_URL: vhost.url });
    expect(rerouted).toEqual({ code: 0, said: '0 events were handed over.\n' });
  });

  it('writes a boot file that the broker takes', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'definitions-'));
    const file = join(folder, 'definitions.json');
    const accounts = ['SVC_ORDER', 'SVC_SUBSCRIPTION', 'SVC_DELIVERY', 'SVC_BILLING', 'OPERATORS', 'RABBITMQ_ADMIN'];
    const all = [...accounts, 'SVC_NOTIFICATIONS_WORKER', 'SVC_NOTIFICATIONS_API'];
    const passwords = Object.fromEntries(all.map((name) => [`${name}_PASSWORD`, 'of-the-test']));
    const { rabbitmq_version: version } = (await vhost.manage('GET', 'overview')) as {
      readonly rabbitmq_version: string;
    };
    const written = await topology(['definitions', '--out', file, '--rabbitmq', version], {
      RABBITMQ_URL: vhost.url,
      ...passwords,
    });
    expect(written).toMatchObject({ code: 0 });
    const text = await readFile(file, 'utf8');
    await rm(folder, { recursive: true });
    expect(text).not.toContain('of-the-test');
    const definitions = JSON.parse(text) as { users: readonly { name: string }[]; permissions: readonly unknown[] };
    expect(definitions.users).toHaveLength(8);
    // Accounts belong to the whole broker, which is not this test's own.
    const withoutAccounts = { ...definitions, users: [], permissions: [], topic_permissions: [] };
    await vhost.manage('POST', 'definitions', withoutAccounts);
  });

  it.each<[string, readonly string[], Readonly<Record<string, string>>, string]>([
    ['an unknown command', ['aply'], {}, 'apply | print | definitions | doctor | rebuild | reroute'],
    ['no management URL', ['apply'], {}, 'RABBITMQ_MANAGEMENT_URL is missing'],
    ['no queue', ['rebuild'], {}, 'Say which queue'],
    ['no management URL for the doctor', ['doctor'], {}, 'RABBITMQ_MANAGEMENT_URL is missing'],
    ['nobody there', ['apply'], { RABBITMQ_MANAGEMENT_URL: 'http://a:b@127.0.0.1:1' }, '127.0.0.1:1 does not answer'],
    ['missing passwords', ['definitions'], {}, 'SVC_NOTIFICATIONS_WORKER_PASSWORD'],
    ['a version that is none', ['definitions', '--rabbitmq', 'four'], {}, '--rabbitmq must be a version'],
    ['an unknown option', ['definitions', '--file', 'x'], {}, '--file'],
  ])('says in a line what is wrong with %s', async (_, args, environment, line) => {
    const { code, said } = await topology(args, environment);
    expect(code).toBe(1);
    expect(said).toContain(line);
    expect(said).not.toContain('    at ');
  });
});

guardLeaks();
