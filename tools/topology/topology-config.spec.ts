import { ConfigError, loadConfig } from '@earlybird/ops';
import { topologyConfigSchema } from './topology-config.js';

const load = (environment: Readonly<Record<string, string>> = {}) => loadConfig(topologyConfigSchema, environment);
const delayQueues = (environment?: Readonly<Record<string, string>>): readonly string[] =>
  load(environment)
    .topology.queues.map(({ name }) => name)
    .filter((name) => /^notifications\.dispatch\.(retry|defer)/.test(name));

describe('the settings of the topology command', () => {
  it.each([
    [{}, ['retry.5m', 'defer.30s']],
    [{ NOTIFICATION_QUEUE_RETRY_BACKOFF: 'exponential' }, ['retry.5m', 'retry.10m', 'defer.30s']],
    [{ NOTIFICATION_QUEUE_RETRY_DELAY_MINUTES: '2' }, ['retry.2m', 'defer.30s']],
    [{ NOTIFICATION_QUEUE_RETRY_DELAY_MS: '200', NOTIFICATION_DEFER_DELAY_MS: '100' }, ['retry.200ms', 'defer.100ms']],
  ])('%j asks for the delay queues of a worker with the same settings', (environment, names) => {
    expect(delayQueues(environment)).toEqual(names.map((name) => `notifications.dispatch.${name}`));
  });

  it.each([
    [undefined, '/'],
    ['amqp://a:b@host', '/'],
    ['amqp://a:b@host:5672/', '/'],
    ['amqp://a:b@host/%2F', '/'],
    ['amqp://a:b@host/shop', 'shop'],
  ])('RABBITMQ_URL %s means the vhost %s', (url, vhost) => {
    expect(load(url === undefined ? {} : { RABBITMQ_URL: url }).vhost).toBe(vhost);
  });

  it('take a password for each account, and for the administrator of a boot file', () => {
    const { passwords, administrator } = load({
      SVC_NOTIFICATIONS_WORKER_PASSWORD: 'secret-of-worker',
      OPERATORS_PASSWORD: '  ',
      RABBITMQ_ADMIN_PASSWORD: 'secret-of-admin',
    });
    expect(passwords).toEqual({ 'svc-notifications-worker': 'secret-of-worker' });
    expect(administrator).toEqual({ name: 'rabbitmq-admin', password: 'secret-of-admin' });
  });

  it('refuse a short password without showing it', () => {
    expect(() => load({ SVC_ORDER_PASSWORD: 'tiny' })).toThrow(ConfigError);
    expect(() => load({ SVC_ORDER_PASSWORD: 'tiny' })).not.toThrow(/tiny/);
  });
});
