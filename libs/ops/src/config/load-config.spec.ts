import { apiConfigSchema } from './api-config.js';
import { ConfigError } from './config-fault.js';
import { loadConfig } from './load-config.js';
import { workerConfigSchema } from './worker-config.js';

const worker = {
  RABBITMQ_URL: 'amqp://svc:hush-hush@127.0.0.1:5672',
  MONGO_URL: 'mongodb://127.0.0.1:27017/earlybird',
  MYOPERATOR_API_KEY: 'key',
  MYOPERATOR_API_SECRET: 'very-secret',
  MYOPERATOR_ACCOUNT_ID: 'account',
  MYOPERATOR_WHATSAPP_NUMBER: '+911234567890',
};
const api = {
  RABBITMQ_URL: worker.RABBITMQ_URL,
  MONGO_URL: worker.MONGO_URL,
  JWT_SECRET: 'x'.repeat(32),
  WEBHOOK_API_KEY: 'webhook-key-of-16',
};

describe('the configuration of the worker', () => {
  it('fills in what is not given', () => {
    expect(loadConfig(workerConfigSchema, worker)).toMatchObject({
      log: { level: 'info' },
      operations: { host: '127.0.0.1', port: 3001 },
      consume: { concurrency: 64, channels: 2, prefetch: 32 },
      retry: { maxAttempts: 3, delayMs: 300_000, backoff: 'fixed', deferDelayMs: 30_000 },
      sweep: { intervalMs: 60_000 },
      sweepGrace: { queuedMs: 1_800_000, retryingMs: 600_000, sendingMs: 600_000 },
      stop: { deadlineMs: 25_000 },
      myoperator: { baseUrl: 'https://api.myoperator.co', timeoutMs: 10_000, ratePerSecond: 50 },
    });
  });

  it('is frozen all the way down', () => {
    const config = loadConfig(workerConfigSchema, worker);
    expect(Object.isFrozen(config)).toBe(true);
    expect(Object.isFrozen(config.myoperator.probe)).toBe(true);
  });

  it('lists everything that is missing at once', () => {
    expect(faulty(() => loadConfig(workerConfigSchema, {}))).toEqual([
      'RABBITMQ_URL',
      'MONGO_URL',
      'MYOPERATOR_API_KEY',
      'MYOPERATOR_API_SECRET',
      'MYOPERATOR_ACCOUNT_ID',
      'MYOPERATOR_WHATSAPP_NUMBER',
    ]);
  });

  it('reports what is wrong beside what is missing, with an example to copy', () => {
    const message = messageOf(() =>
      loadConfig(workerConfigSchema, { ...worker, MONGO_URL: '  ', NOTIFICATION_CONCURRENCY: 'many' }),
    );
    expect(message).toContain('worker cannot start: 2 settings are wrong.');
    expect(message).toContain('is missing. Example: MONGO_URL=mongodb://USER:PASSWORD@127.0.0.1:27017/earlybird');
    expect(message).toMatch(/NOTIFICATION_CONCURRENCY +must be a whole number from 1 to 1024, but is "many"/);
  });

  it('never shows the value of a secret', () => {
    const message = messageOf(() =>
      loadConfig(workerConfigSchema, { ...worker, RABBITMQ_URL: 'http://svc:hush-hush@host', MONGO_URL: 'hush-hush' }),
    );
    expect(message).toContain('RABBITMQ_URL');
    expect(message).toContain('MONGO_URL');
    expect(message).not.toContain('hush-hush');
  });

  it('requires the variables of the chosen contract only', () => {
    const servers = { RABBITMQ_URL: worker.RABBITMQ_URL, MONGO_URL: worker.MONGO_URL };
    expect(faulty(() => loadConfig(workerConfigSchema, { ...servers, MYOPERATOR_API: 'chat' }))).toEqual([
      'MYOPERATOR_TOKEN',
      'MYOPERATOR_COMPANY_ID',
      'MYOPERATOR_PHONE_NUMBER_ID',
    ]);
    expect(faulty(() => loadConfig(workerConfigSchema, { ...servers, MYOPERATOR_API: 'smoke-signals' }))).toEqual([
      'MYOPERATOR_API',
    ]);
  });

  it('carries the credentials of the chosen contract', () => {
    const chat = {
      ...worker,
      MYOPERATOR_API: 'chat',
      MYOPERATOR_TOKEN: 'token',
      MYOPERATOR_COMPANY_ID: 'company',
      MYOPERATOR_PHONE_NUMBER_ID: '42',
    };
    expect(loadConfig(workerConfigSchema, chat).myoperator).toMatchObject({
      contract: { api: 'chat', token: 'token', companyId: 'company', sender: '42' },
      baseUrl: 'https://publicapi.myoperator.co',
    });
  });

  it('takes the sender under either name, and both when they agree', () => {
    const { MYOPERATOR_WHATSAPP_NUMBER: number, ...rest } = worker;
    const sender = (env: Record<string, string>) => loadConfig(workerConfigSchema, env).myoperator.contract.sender;
    expect(sender({ ...rest, MYOPERATOR_PHONE_NUMBER: number })).toBe(number);
    expect(sender({ ...worker, MYOPERATOR_PHONE_NUMBER: '911234567890' })).toBe(number);
  });

  it('refuses two senders that differ', () => {
    const env = { ...worker, MYOPERATOR_PHONE_NUMBER: '+919999999999' };
    expect(messageOf(() => loadConfig(workerConfigSchema, env))).toContain(
      'is another name of MYOPERATOR_WHATSAPP_NUMBER and differs from it',
    );
  });

  it('lets milliseconds override minutes', () => {
    const retry = (env: Record<string, string>) => loadConfig(workerConfigSchema, { ...worker, ...env }).retry;
    expect(retry({ NOTIFICATION_QUEUE_RETRY_DELAY_MINUTES: '7' }).delayMs).toBe(420_000);
    expect(
      retry({ NOTIFICATION_QUEUE_RETRY_DELAY_MINUTES: '7', NOTIFICATION_QUEUE_RETRY_DELAY_MS: '200' }).delayMs,
    ).toBe(200);
  });

  it('refuses a MongoDB address without a database, where the driver would silently take one', () => {
    const env = { ...worker, MONGO_URL: 'mongodb://127.0.0.1:27017/?replicaSet=rs' };
    expect(messageOf(() => loadConfig(workerConfigSchema, env))).toContain('must name the database');
  });

  it.each([
    ['1', { channels: 1, prefetch: 1 }],
    ['32', { channels: 1, prefetch: 32 }],
    ['33', { channels: 2, prefetch: 17 }],
    ['100', { channels: 4, prefetch: 25 }],
  ])('spreads a concurrency of %s over channels of at most 32', (concurrency, expected) => {
    const config = loadConfig(workerConfigSchema, { ...worker, NOTIFICATION_CONCURRENCY: concurrency });
    expect(config.consume).toMatchObject(expected);
  });
});

describe('the configuration of the api', () => {
  it('takes a secret or published keys', () => {
    expect(loadConfig(apiConfigSchema, api).jwt.keys).toEqual({ kind: 'secret', secret: api.JWT_SECRET });
    const { JWT_SECRET: _, ...rest } = api;
    expect(loadConfig(apiConfigSchema, { ...rest, JWT_JWKS_URL: 'https://id.example.com/keys' }).jwt.keys).toEqual({
      kind: 'jwks',
      url: 'https://id.example.com/keys',
    });
  });

  it('refuses both and neither source of keys', () => {
    const { JWT_SECRET: _, ...rest } = api;
    expect(faulty(() => loadConfig(apiConfigSchema, rest))).toEqual(['JWT_SECRET']);
    expect(faulty(() => loadConfig(apiConfigSchema, { ...api, JWT_JWKS_URL: 'https://id.example.com/keys' }))).toEqual([
      'JWT_JWKS_URL',
    ]);
  });

  it('refuses a secret of fewer than 32 characters, once, without showing it', () => {
    const run = () => loadConfig(apiConfigSchema, { ...api, JWT_SECRET: 'short-one' });
    expect(faulty(run)).toEqual(['JWT_SECRET']);
    expect(messageOf(run)).toContain('must have at least 32 characters');
    expect(messageOf(run)).not.toContain('short-one');
  });

  it('asks for some proof from the webhook unless that is waived', () => {
    const { WEBHOOK_API_KEY: _, ...rest } = api;
    expect(faulty(() => loadConfig(apiConfigSchema, rest))).toEqual(['WEBHOOK_API_KEY']);
    expect(loadConfig(apiConfigSchema, { ...rest, WEBHOOK_ALLOW_UNAUTHENTICATED: 'true' }).webhook).toEqual({
      allowUnauthenticated: true,
    });
    expect(faulty(() => loadConfig(apiConfigSchema, { ...api, WEBHOOK_ALLOW_UNAUTHENTICATED: 'true' }))).toEqual([
      'WEBHOOK_ALLOW_UNAUTHENTICATED',
    ]);
  });

  it('wants user and password of Basic authentication together', () => {
    expect(faulty(() => loadConfig(apiConfigSchema, { ...api, WEBHOOK_BASIC_USER: 'myoperator' }))).toEqual([
      'WEBHOOK_BASIC_PASSWORD',
    ]);
  });

  it('holds no credentials of the provider', () => {
    expect(Object.keys(apiConfigSchema.variables).filter((name) => name.startsWith('MYOPERATOR'))).toEqual([]);
  });
});

function errorOf(load: () => unknown): ConfigError {
  try {
    load();
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('the configuration was accepted');
}

const faulty = (load: () => unknown) => errorOf(load).faults.map((fault) => fault.variable);
const messageOf = (load: () => unknown) => errorOf(load).message;
