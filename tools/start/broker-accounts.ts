import { type Environment, loadConfig } from '@earlybird/ops';
import { applyTopology, type Topology } from '@earlybird/rabbitmq';
import amqp from 'amqplib';
import { z } from 'zod';
import { PlainError } from '../plain-error.js';
import { type Progress } from '../progress.js';
import { type Servers } from '../servers/servers.js';
import { passwordVariableOf } from '../topology/password-variable.js';
import { topologyConfigSchema } from '../topology/topology-config.js';

/** The broker as the apps will use it. */
export interface PreparedBroker {
  /** The AMQP URL with which that account connects. */
  readonly urlOf: (account: string) => string;
  /** Set when all accounts are one and the same, so that it must be trusted with every event type. */
  readonly sharedUser?: string;
}

/**
 * Gives the broker its topology and each app an account with the least rights, by the management API. A broker that was given by URL
 * without `RABBITMQ_MANAGEMENT_URL` keeps its accounts as they are: every app then uses the one in `RABBITMQ_URL`.
 */
export async function prepareBroker(
  servers: Servers,
  settings: Environment,
  progress: Progress,
): Promise<PreparedBroker> {
  const mayMakeAccounts = servers.control !== undefined || settings['RABBITMQ_MANAGEMENT_URL'] !== undefined;
  const { topology, vhost, passwords } = loadConfig(topologyConfigSchema, {
    ...settings,
    RABBITMQ_URL: servers.rabbitmqUrl,
    RABBITMQ_MANAGEMENT_URL: servers.rabbitmqManagementUrl,
  });
  const managementUrl = servers.rabbitmqManagementUrl;
  const urlOf = (account: string): string => withAccount(servers.rabbitmqUrl, account, passwords[account] ?? '');
  if (managementUrl !== undefined && mayMakeAccounts) {
    if (servers.control === undefined) await demandKnownPasswords(managementUrl, Object.keys(passwords), urlOf);
    await progress.step('declaring exchanges, queues and accounts', async () => {
      await applyTopology({ managementUrl, vhost, passwords, topology });
    });
    return { urlOf };
  }
  await progress.step('declaring exchanges and queues', () => declarePlatform(servers.rabbitmqUrl, topology));
  progress.note('RABBITMQ_MANAGEMENT_URL is not set: every app uses the account of RABBITMQ_URL');
  return { urlOf: () => servers.rabbitmqUrl, sharedUser: decodeURIComponent(new URL(servers.rabbitmqUrl).username) };
}

const usersSchema = z.array(z.object({ name: z.string() }));

/**
 * On somebody's own broker an account that is there already may be in use: its password is never replaced.
 * @throws PlainError naming the accounts whose passwords are others than ours
 */
async function demandKnownPasswords(
  managementUrl: string,
  accounts: readonly string[],
  urlOf: (account: string) => string,
): Promise<void> {
  const { origin, username, password } = new URL(managementUrl);
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  const authorization = `Basic ${Buffer.from(credentials).toString('base64')}`;
  const answer = await fetch(`${origin}/api/users`, { headers: { authorization } });
  if (!answer.ok) {
    throw new PlainError(`RABBITMQ_MANAGEMENT_URL: ${origin} answers ${answer.status}; an administrator is needed.`);
  }
  const existing = usersSchema.parse(await answer.json()).map(({ name }) => name);
  const shared = accounts.filter((account) => existing.includes(account));
  const refused = await Promise.all(
    shared.map(async (account) => ((await isRefused(urlOf(account))) ? [account] : [])),
  );
  if (refused.flat().length === 0) return;
  const variables = refused.flat().map((account) => `${account} (${passwordVariableOf(account)})`);
  throw new PlainError(
    `These accounts are on the broker already, with other passwords: ${variables.join(', ')}. Set the variables, or unset ` +
      'RABBITMQ_MANAGEMENT_URL to let every app use the account of RABBITMQ_URL.',
  );
}

async function isRefused(url: string): Promise<boolean> {
  try {
    await (await amqp.connect(url)).close();
    return false;
  } catch (error) {
    return error instanceof Error && error.message.includes('ACCESS_REFUSED');
  }
}

/** What belongs to the platform, over AMQP; the worker declares the rest itself. */
async function declarePlatform(url: string, { exchanges, queues, bindings }: Topology): Promise<void> {
  const connection = await amqp.connect(url);
  try {
    const channel = await connection.createChannel();
    for (const { name, type, owner, alternateExchange } of exchanges) {
      const options = { durable: true, ...(alternateExchange !== undefined && { alternateExchange }) };
      if (owner === 'platform') await channel.assertExchange(name, type, options);
    }
    for (const { name, owner, arguments: queueArguments } of queues) {
      if (owner === 'platform') await channel.assertQueue(name, { durable: true, arguments: queueArguments });
    }
    for (const { exchange, queue, routingKey, owner } of bindings) {
      if (owner === 'platform') await channel.bindQueue(queue, exchange, routingKey);
    }
  } finally {
    await connection.close();
  }
}

function withAccount(url: string, user: string, password: string): string {
  const changed = new URL(url);
  changed.username = encodeURIComponent(user);
  changed.password = encodeURIComponent(password);
  return changed.toString();
}
