import { randomBytes } from 'node:crypto';
import { delaysOf, ruledEventTypes } from '@earlybird/core';
import { type Account, accountsOf, applyTopology, exchanges, type Topology, topologyOf } from '@earlybird/rabbitmq';
import type { TestVhost } from '../test-vhost.js';
import type { SystemPace } from './system-pace.js';

/** The accounts of one system, by the names that broker.md gives them. */
export interface BrokerAccounts {
  /** The AMQP URL with the account. */
  readonly url: (name: string) => string;
  /** The user that the broker knows: the account itself, or its alias. */
  readonly user: (name: string) => string;
  /** Makes one more account under that name, with the rights of another. */
  readonly introduce: (name: string, like: string) => Promise<void>;
  /** Takes away what was made. */
  readonly remove: () => Promise<void>;
}

/**
 * `platform`: the accounts as production names them, on a broker that nobody else uses. `aliases`: the same rights under names
 * of this system's own, because accounts belong to a whole broker and two tests, or a developer, would change each other's
 * passwords.
 */
export type AccountNaming = 'platform' | 'aliases';

/** People; no process logs in as one. */
const people = 'operators';

/** Applies the topology to the virtual host, as an administrator would, with an account of least rights for every process. */
export async function applyAccounts(
  vhost: TestVhost,
  managementUrl: string,
  pace: SystemPace,
  naming: AccountNaming,
): Promise<BrokerAccounts> {
  const topology = topologyAt(pace);
  const accounts = accountsOf(topology).filter(({ name }) => name !== people);
  const password = randomBytes(18).toString('base64url');
  const isAlias = naming === 'aliases';
  const user = (name: string): string => (isAlias ? `${name}-${vhost.name}` : name);
  const passwords = isAlias ? {} : Object.fromEntries(accounts.map(({ name }) => [name, password]));
  await applyTopology({ managementUrl, vhost: vhost.name, passwords, topology });
  const made: string[] = [];
  const make = async (account: Account, as: string): Promise<void> => {
    made.push(as);
    await makeUser(vhost, account, as, password);
  };
  if (isAlias) await Promise.all(accounts.map((account) => make(account, user(account.name))));
  return {
    user,
    introduce: async (name, like) => {
      const account = accounts.find((candidate) => candidate.name === like);
      if (account === undefined) throw new Error(`there is no account ${like}`);
      await make(account, user(name));
    },
    url: (name) => {
      const url = new URL(vhost.url);
      url.username = user(name);
      url.password = password;
      return url.href;
    },
    remove: async () => {
      await Promise.all(made.map((name) => vhost.manage('DELETE', `users/${name}`)));
    },
  };
}

/** The table of broker.md with these delays. */
function topologyAt({ maxAttempts, retryDelayMs, deferDelayMs }: SystemPace): Topology {
  const retryDelaysMs = delaysOf({ maxAttempts, delayMs: retryDelayMs, backoff: 'fixed' });
  return topologyOf({ eventTypes: ruledEventTypes, retryDelaysMs, deferDelayMs });
}

async function makeUser(vhost: TestVhost, account: Account, user: string, password: string): Promise<void> {
  const { configure, write, read, topics } = account;
  await vhost.manage('PUT', `users/${user}`, { password, tags: '' });
  await vhost.manage('PUT', `permissions/{vhost}/${user}`, { configure, write, read });
  if (topics !== undefined)
    await vhost.manage('PUT', `topic-permissions/{vhost}/${user}`, { exchange: exchanges.events, ...topics });
}
