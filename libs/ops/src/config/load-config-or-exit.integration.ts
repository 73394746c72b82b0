import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..', '..', '..');

// Each test starts a process that compiles itself first.
function run(env: Record<string, string>) {
  const command = ['--import', 'tsx', 'libs/ops/test/configured-app.ts'];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, {
    cwd: root,
    env: { PATH: process.env['PATH'], ENV_FILE: 'none', ...env },
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

describe('an app that reads its configuration', () => {
  const folder = mkdtempSync(join(tmpdir(), 'configured-app-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('ends with 78 and names everything that is missing or wrong, without a stack trace', () => {
    const { status, stdout, stderr } = run({ MONGO_URL: 'mongodb://h/db', JWT_SECRET: 'too-short' });
    expect(status).toBe(78);
    expect(stdout).toBe('');
    expect(stderr.trimEnd().split('\n')).toEqual([
      'api cannot start: 3 settings are wrong.',
      '  RABBITMQ_URL     is missing. Example: RABBITMQ_URL=amqp://USER:PASSWORD@127.0.0.1:5672',
      expect.stringMatching(/^ {2}JWT_SECRET {7}must have at least 32 characters\. Example: JWT_SECRET=/),
      expect.stringMatching(/^ {2}WEBHOOK_API_KEY {2}is missing: to trust receipts, set /),
      'Every setting is described in docs/configuration.md and .env.example.',
    ]);
  });

  it('takes from a file what the environment does not say', () => {
    const file = join(folder, 'settings');
    writeFileSync(
      file,
      [
        'RABBITMQ_URL=amqp://from-file@h',
        'MONGO_URL=mongodb://h/db',
        `JWT_SECRET=${'j'.repeat(32)} # a comment`,
        'JWT_ISSUER="in quotes"',
        'WEBHOOK_API_KEY=webhook-key-of-16',
        'NOTIFICATION_QUEUE_RETRY_DELAY_MS=',
      ].join('\n'),
    );
    const { status, stdout, stderr } = run({ ENV_FILE: file, RABBITMQ_URL: 'amqp://from-environment@h' });
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      rabbitmq: { url: 'amqp://from-environment@h' },
      issuer: 'in quotes',
      retry: { delayMs: 300_000 },
    });
  });
});
