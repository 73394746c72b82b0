import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { appSchemas, ConfigError, loadConfig } from '@earlybird/ops';
import { documentedSchemas } from './documented-schemas.js';
import { pages } from './pages.js';

const root = join(import.meta.dirname, '..', '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

describe('the documents made from code', () => {
  it.each(Object.entries(pages))('%s is current (npm run docs)', async (path, make) => {
    expect(read(path)).toBe(await make());
  });
});

describe('.env.example', () => {
  const lines = read('.env.example').split('\n');
  const documented = lines.flatMap((line) => /^(?:# )?([A-Z][A-Z0-9_]+)=/.exec(line)?.[1] ?? []);
  const known = new Set(documentedSchemas.flatMap((schema) => Object.keys(schema.variables)));

  it('documents every variable that anyone reads, once, and no other', () => {
    expect([...documented].sort()).toEqual([...known].sort());
  });

  it.each(appSchemas)('suffices for the $app once its placeholders are replaced', (schema) => {
    const example = parseEnv(read('.env.example'));
    expect(() => loadConfig(schema, { ...example, ...real })).not.toThrow();
  });

  it.each(appSchemas)('lets the $app start with none of its placeholders', (schema) => {
    const example = parseEnv(read('.env.example'));
    const placeholders = Object.keys(example).filter((name) => name in real && name in schema.variables);
    expect(faultsOf(() => loadConfig(schema, example))).toEqual(expect.arrayContaining(placeholders));
  });
});

const real: Record<string, string> = {
  RABBITMQ_URL: 'amqp://svc:pw@127.0.0.1',
  MONGO_URL: 'mongodb://127.0.0.1/earlybird',
  MYOPERATOR_API_KEY: 'k',
  MYOPERATOR_API_SECRET: 's',
  MYOPERATOR_ACCOUNT_ID: 'a',
  JWT_SECRET: 'j'.repeat(32),
  WEBHOOK_API_KEY: 'w'.repeat(16),
  STOREFRONT_ORDER_RABBITMQ_URL: 'amqp://svc-order:pw@127.0.0.1',
  STOREFRONT_SUBSCRIPTION_RABBITMQ_URL: 'amqp://svc-subscription:pw@127.0.0.1',
  STOREFRONT_DELIVERY_RABBITMQ_URL: 'amqp://svc-delivery:pw@127.0.0.1',
  STOREFRONT_BILLING_RABBITMQ_URL: 'amqp://svc-billing:pw@127.0.0.1',
};

function faultsOf(load: () => unknown): readonly string[] {
  try {
    load();
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults.map((fault) => fault.variable);
    throw error;
  }
}
