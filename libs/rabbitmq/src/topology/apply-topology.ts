import { AppError } from '@earlybird/core';
import { z } from 'zod';
import { accountsOf } from './accounts.js';
import { type Passwords, definitionsOf } from './definitions.js';
import { ManagementApi } from './management-api.js';
import { exchanges, queues } from './names.js';
import { sameTable } from './same-table.js';
import type { Topology } from './topology-entry.js';

/** Where and what to apply. */
export interface ApplyOptions {
  /** `http://admin:password@host:15672`. */
  readonly managementUrl: string;
  /** Default `/`; made when it is not there. */
  readonly vhost?: string;
  /** Passwords by account. An account that is not on the broker and has none here is left out, and named in the result. */
  readonly passwords: Passwords;
  readonly topology: Topology;
}

/** What came of it. */
export interface AppliedTopology {
  readonly accounts: readonly string[];
  /** Accounts that do not exist because no password was given. */
  readonly accountsLeftOut: readonly string[];
  /** Bindings of event types that have no rule any more: they are taken away. */
  readonly unbound: readonly string[];
}

const overviewSchema = z.object({ rabbitmq_version: z.string() });
const namesSchema = z.array(z.object({ name: z.string() }));
const bindingsSchema = z.array(z.object({ routing_key: z.string(), properties_key: z.string() }));
const declaredSchema = z.array(z.object({ name: z.string(), arguments: z.record(z.string(), z.unknown()) }));

/**
 * Makes the broker what the table says: exchanges, queues, bindings, accounts, permissions, policies. Can be repeated.
 *
 * @throws AppError `broker_unavailable`, or `topology_differs` when something is there already with other arguments: nothing
 * of it is changed or deleted.
 */
export async function applyTopology(options: ApplyOptions): Promise<AppliedTopology> {
  const { managementUrl, vhost = '/', passwords, topology } = options;
  const api = new ManagementApi(managementUrl);
  const { rabbitmq_version: version } = overviewSchema.parse(await api.get('/overview'));
  const existingAccounts = namesSchema.parse(await api.get('/users')).map(({ name }) => name);
  const majorVersion = Number.parseInt(version, 10);
  const definitions = definitionsOf(topology, { vhost, passwords, existingAccounts, majorVersion });
  await api.put(`/vhosts/${encodeURIComponent(vhost)}`);
  await demandNoDifference(api, vhost, topology);
  await api.post('/definitions', definitions);
  const accounts = definitions.permissions.map(({ user }) => user);
  return {
    accounts,
    accountsLeftOut: accountsOf(topology)
      .map(({ name }) => name)
      .filter((name) => !accounts.includes(name)),
    unbound: await takeAwayOldBindings(api, vhost, topology),
  };
}

/** An import leaves what exists as it is and says nothing, so the difference is looked for before. */
async function demandNoDifference(api: ManagementApi, vhost: string, topology: Topology): Promise<void> {
  const wanted = new Map(definitionsOf(topology, { passwords: {} }).queues.map((queue) => [queue.name, queue]));
  const declared = declaredSchema.parse(await api.get(`/queues/${encodeURIComponent(vhost)}?disable_stats=true`));
  const differences = declared.flatMap(({ name, arguments: is }) => {
    const should = wanted.get(name)?.arguments;
    return should === undefined || sameTable(is, should)
      ? []
      : [`${name} has ${JSON.stringify(is)} and should have ${JSON.stringify(should)}`];
  });
  if (differences.length > 0)
    throw new AppError(
      'topology_differs',
      `Queues exist with other arguments: ${differences.join('; ')}. Nothing was changed. \`npm run topology -- doctor\` names the command that mends each.`,
    );
}

/** An event type that lost its rule would otherwise keep coming, and be parked as unknown. */
async function takeAwayOldBindings(api: ManagementApi, vhost: string, topology: Topology): Promise<readonly string[]> {
  const wanted = topology.bindings.filter(({ queue }) => queue === queues.events).map(({ routingKey }) => routingKey);
  const path = `/bindings/${encodeURIComponent(vhost)}/e/${exchanges.events}/q/${queues.events}`;
  const old = bindingsSchema.parse(await api.get(path)).filter(({ routing_key: key }) => !wanted.includes(key));
  for (const { properties_key: key } of old) await api.delete(`${path}/${encodeURIComponent(key)}`);
  return old.map(({ routing_key: key }) => key);
}
