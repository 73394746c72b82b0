import { createHash } from 'node:crypto';
import { definitionsOf } from './definitions.js';
import { passwordHash } from './password-hash.js';
import { topologyOf } from './topology.js';

const topology = topologyOf({ eventTypes: ['order.created'], retryDelaysMs: [300_000], deferDelayMs: 30_000 });

describe('the definitions', () => {
  it('hash a password as RabbitMQ does (its own documented example)', () => {
    expect(passwordHash('test12', Buffer.from('908DC60A', 'hex'))).toBe(
      'kI3GCqW5JLMJa4iX1lo7X4D6XbYqlLgxIs30+P6tENUV2POR',
    );
  });

  it('salt each hash anew', () => {
    const hashes = [passwordHash('same'), passwordHash('same')];
    expect(new Set(hashes).size).toBe(2);
    for (const hash of hashes) {
      const bytes = Buffer.from(hash, 'base64');
      const digest = createHash('sha256').update(bytes.subarray(0, 4)).update('same').digest();
      expect(bytes.subarray(4)).toEqual(digest);
    }
  });

  it('hold no password in clear', () => {
    const json = JSON.stringify(
      definitionsOf(topology, {
        passwords: { 'svc-order': 'tell-nobody' },
        administrator: { name: 'rabbitmq-admin', password: 'tell-nobody-either' },
      }),
    );
    expect(json).not.toContain('tell-nobody');
  });

  it('leave out accounts without a password, unless they exist', () => {
    const {
      users,
      permissions,
      topic_permissions: topics,
    } = definitionsOf(topology, {
      passwords: { 'svc-order': 'secret-1' },
      existingAccounts: ['svc-billing', 'guest'],
    });
    expect(users.map(({ name }) => name)).toEqual(['svc-order']);
    expect(permissions.map(({ user }) => user)).toEqual(['svc-order', 'svc-billing']);
    expect(topics).toEqual([
      { user: 'svc-order', vhost: '/', exchange: 'domain.events', write: '^(order|product)\\.', read: '^$' },
      { user: 'svc-billing', vhost: '/', exchange: 'domain.events', write: '^billing\\.', read: '^$' },
    ]);
  });

  it('give the administrator everything', () => {
    const { users, permissions } = definitionsOf(topology, {
      vhost: 'shop',
      passwords: {},
      administrator: { name: 'rabbitmq-admin', password: 'secret-2' },
    });
    expect(users).toEqual([expect.objectContaining({ name: 'rabbitmq-admin', tags: ['administrator'] })]);
    expect(permissions).toEqual([{ user: 'rabbitmq-admin', vhost: 'shop', configure: '.*', write: '.*', read: '.*' }]);
  });

  it('spare RabbitMQ 3 the policies that it would misunderstand', () => {
    const policies = (majorVersion: number) =>
      definitionsOf(topology, { passwords: {}, majorVersion }).policies.map(({ name, definition }) => [
        name,
        definition,
      ]);
    expect(policies(3)).toEqual([['unrouted-events', { 'max-length': 100_000, overflow: 'drop-head' }]]);
    expect(policies(4)).toEqual([
      ['unrouted-events', { 'max-length': 100_000, overflow: 'drop-head', 'delivery-limit': -1 }],
      ['notifications-dead-letters', { 'delivery-limit': -1 }],
      ['notifications-work', { 'consumer-timeout': 1_800_000 }],
    ]);
  });

  it('hold the whole table', () => {
    const { exchanges, queues, bindings } = definitionsOf(topology, { passwords: {} });
    expect(exchanges).toHaveLength(topology.exchanges.length);
    expect(queues).toHaveLength(topology.queues.length);
    expect(bindings).toHaveLength(topology.bindings.length);
    expect(exchanges[0]).toMatchObject({
      name: 'domain.events',
      type: 'topic',
      arguments: { 'alternate-exchange': 'domain.events.unrouted' },
    });
  });
});
