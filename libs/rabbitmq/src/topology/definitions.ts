import { type Account, accountsOf } from './accounts.js';
import { exchanges } from './names.js';
import { passwordHash, passwordHashAlgorithm } from './password-hash.js';
import type { PolicyEntry, Topology } from './topology-entry.js';

/** A definitions file of RabbitMQ, as its management API takes it and its `definitions.import` loads it at boot. */
export interface Definitions {
  readonly vhosts: readonly { readonly name: string }[];
  readonly users: readonly DefinedUser[];
  readonly permissions: readonly DefinedPermission[];
  readonly topic_permissions: readonly DefinedTopicPermission[];
  readonly policies: readonly DefinedPolicy[];
  readonly exchanges: readonly DefinedExchange[];
  readonly queues: readonly DefinedQueue[];
  readonly bindings: readonly DefinedBinding[];
}

interface DefinedUser {
  readonly name: string;
  readonly password_hash: string;
  readonly hashing_algorithm: string;
  readonly tags: readonly string[];
  readonly limits: object;
}

interface DefinedPermission {
  readonly user: string;
  readonly vhost: string;
  readonly configure: string;
  readonly write: string;
  readonly read: string;
}

interface DefinedTopicPermission {
  readonly user: string;
  readonly vhost: string;
  readonly exchange: string;
  readonly write: string;
  readonly read: string;
}

interface DefinedPolicy {
  readonly vhost: string;
  readonly name: string;
  readonly pattern: string;
  readonly 'apply-to': 'queues';
  readonly definition: object;
  readonly priority: number;
}

interface DefinedExchange {
  readonly vhost: string;
  readonly name: string;
  readonly type: string;
  readonly durable: true;
  readonly auto_delete: false;
  readonly internal: false;
  readonly arguments: object;
}

interface DefinedQueue {
  readonly vhost: string;
  readonly name: string;
  readonly durable: true;
  readonly auto_delete: false;
  readonly arguments: object;
}

interface DefinedBinding {
  readonly vhost: string;
  readonly source: string;
  readonly destination: string;
  readonly destination_type: 'queue';
  readonly routing_key: string;
  readonly arguments: object;
}

/** Passwords by the name of their account. An account without one is left as it is on the broker. */
export type Passwords = Readonly<Record<string, string | undefined>>;

/** For whom the definitions are. */
export interface DefinitionsOptions {
  /** Default `/`. */
  readonly vhost?: string;
  readonly passwords: Passwords;
  /** Accounts that exist on the broker already: they get their permissions, and keep their password unless a new one is given. */
  readonly existingAccounts?: readonly string[];
  /** A user who may do everything: definitions that are loaded at boot keep RabbitMQ from making its default one. */
  readonly administrator?: { readonly name: string; readonly password: string };
  /** Major version of the broker; decides which policies it understands. Default 4. */
  readonly majorVersion?: number;
}

/** The whole topology with accounts, permissions and policies, from the one table. Passwords are in it as salted hashes only. */
export function definitionsOf(topology: Topology, options: DefinitionsOptions): Definitions {
  const { vhost = '/', passwords, existingAccounts = [], administrator, majorVersion = 4 } = options;
  const accounts = accountsOf(topology).filter(
    ({ name }) => passwords[name] !== undefined || existingAccounts.includes(name),
  );
  const admin = administrator === undefined ? [] : [administrator];
  return {
    vhosts: [{ name: vhost }],
    users: [
      ...accounts.flatMap(({ name, tags }) => definedUser(name, passwords[name], tags)),
      ...admin.flatMap(({ name, password }) => definedUser(name, password, ['administrator'])),
    ],
    permissions: [
      ...accounts.map(({ name: user, configure, write, read }) => ({ user, vhost, configure, write, read })),
      ...admin.map(({ name: user }) => ({ user, vhost, configure: '.*', write: '.*', read: '.*' })),
    ],
    topic_permissions: accounts.flatMap((account) => definedTopics(account, vhost)),
    policies: topology.policies.flatMap((policy) => definedPolicy(policy, vhost, majorVersion)),
    exchanges: topology.exchanges.map(({ name, type, alternateExchange }) => ({
      vhost,
      name,
      type,
      durable: true,
      auto_delete: false,
      internal: false,
      arguments: alternateExchange === undefined ? {} : { 'alternate-exchange': alternateExchange },
    })),
    queues: topology.queues.map(({ name, arguments: queueArguments }) => ({
      vhost,
      name,
      durable: true,
      auto_delete: false,
      arguments: queueArguments,
    })),
    bindings: topology.bindings.map(({ exchange, queue, routingKey }) => ({
      vhost,
      source: exchange,
      destination: queue,
      destination_type: 'queue',
      routing_key: routingKey,
      arguments: {},
    })),
  };
}

function definedUser(name: string, password: string | undefined, tags: readonly string[]): readonly DefinedUser[] {
  if (password === undefined) return [];
  return [{ name, password_hash: passwordHash(password), hashing_algorithm: passwordHashAlgorithm, tags, limits: {} }];
}

function definedTopics({ name, topics }: Account, vhost: string): readonly DefinedTopicPermission[] {
  return topics === undefined ? [] : [{ user: name, vhost, exchange: exchanges.events, ...topics }];
}

function definedPolicy(policy: PolicyEntry, vhost: string, majorVersion: number): readonly DefinedPolicy[] {
  const definition = { ...policy.definition, ...(majorVersion >= 4 ? policy.definitionFrom4 : {}) };
  if (Object.keys(definition).length === 0) return [];
  return [{ vhost, name: policy.name, pattern: policy.pattern, 'apply-to': 'queues', definition, priority: 0 }];
}
