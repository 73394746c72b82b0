import { randomBytes } from 'node:crypto';

/** Every secret of a set-up of its own, by the variable that carries it (docker-compose.yml reads them from `.env`). */
export const secretNames = [
  'RABBITMQ_ADMIN_PASSWORD',
  'SVC_ORDER_PASSWORD',
  'SVC_SUBSCRIPTION_PASSWORD',
  'SVC_DELIVERY_PASSWORD',
  'SVC_BILLING_PASSWORD',
  'SVC_NOTIFICATIONS_WORKER_PASSWORD',
  'SVC_NOTIFICATIONS_API_PASSWORD',
  'OPERATORS_PASSWORD',
  'MONGO_ADMIN_PASSWORD',
  'MONGO_NOTIFICATIONS_PASSWORD',
  'MONGO_STOREFRONT_PASSWORD',
  'JWT_SECRET',
  'WEBHOOK_API_KEY',
  'MYOPERATOR_API_KEY',
  'MYOPERATOR_API_SECRET',
  'MYOPERATOR_ACCOUNT_ID',
] as const;

export type SecretName = (typeof secretNames)[number];

/** A random secret of 256 bits that needs no escaping in URLs, shells and files. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** The lines that `text` (an `.env` file) lacks, so that a second call adds what is new and changes nothing. */
export function missingSecretLines(text: string): readonly string[] {
  const given = new Set(text.split('\n').map((line) => /^\s*([A-Z_]+)\s*=\s*\S/.exec(line)?.[1]));
  const lines = secretNames.filter((name) => !given.has(name)).map((name) => `${name}=${newSecret()}`);
  // The number that customers see is no secret, but the worker does not start without it.
  return given.has('MYOPERATOR_WHATSAPP_NUMBER') ? lines : [...lines, 'MYOPERATOR_WHATSAPP_NUMBER=+919999988888'];
}
