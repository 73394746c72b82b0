import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { AppError } from '@earlybird/core';
import { loadConfigOrExit } from '@earlybird/ops';
import { accountsOf, applyTopology, definitionsOf, describeTopology } from '@earlybird/rabbitmq';
import { PlainError } from '../plain-error.js';
import { demandManagementUrl } from './demand-management-url.js';
import { doctor } from './doctor.js';
import { administratorName, passwordVariableOf } from './password-variable.js';
import { rebuild, reroute } from './rebuild.js';
import { type TopologyConfig, topologyConfigSchema } from './topology-config.js';

/**
 * `npm run topology -- COMMAND`. The delays are those of the worker's variables; passwords come from SVC_ORDER_PASSWORD …
 * (one per account).
 *
 * - `apply` makes the broker what the table says; `print` shows the table.
 * - `definitions [--out FILE] [--rabbitmq 3.10]` writes the definitions file that RabbitMQ loads at boot; version 4 unless it is
 *   said, whose policies an older one refuses.
 * - `doctor` compares what should be with what is and prints what to do; exit code 1 when something is wrong.
 * - `rebuild QUEUE` gives a queue the arguments of the table and keeps what is in it; the workers must stand still.
 * - `reroute` hands unrouted events over that have a rule now.
 */
const commands: Readonly<Record<string, (config: TopologyConfig) => Promise<void> | void>> = {
  apply,
  print: ({ topology }) => console.log(describeTopology(topology)),
  definitions,
  doctor,
  rebuild: (config) => rebuild(config, process.argv[3]),
  reroute,
};

const name = process.argv[2] ?? '';
try {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined)
    throw new PlainError(`Say which: npm run topology -- ${Object.keys(commands).join(' | ')}`);
  await command(loadConfigOrExit(topologyConfigSchema));
} catch (error) {
  if (!(error instanceof AppError || error instanceof PlainError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

async function apply({ managementUrl, vhost, passwords, topology }: TopologyConfig): Promise<void> {
  demandManagementUrl(managementUrl);
  const applied = await applyTopology({ managementUrl, vhost, passwords, topology });
  console.log(
    `Vhost ${vhost}: ${topology.exchanges.length} exchanges, ${topology.queues.length} queues, ${topology.bindings.length} bindings, ${topology.policies.length} policies.`,
  );
  console.log(`Accounts: ${applied.accounts.join(', ') || 'none'}.`);
  if (applied.unbound.length > 0)
    console.log(`No rule any more, so not bound any more: ${applied.unbound.join(', ')}.`);
  if (applied.accountsLeftOut.length > 0)
    console.log(`Not there, for want of a password: ${withVariables(applied.accountsLeftOut)}.`);
}

/** Every account is in a boot file: RabbitMQ starts with what is there, and nobody would notice a missing one. */
async function definitions({ topology, ...options }: TopologyConfig): Promise<void> {
  const { out, majorVersion } = readDefinitionsRequest(process.argv.slice(3));
  const wanted = [...accountsOf(topology).map((account) => account.name), administratorName];
  const given = [...Object.keys(options.passwords), options.administrator?.name];
  const missing = wanted.filter((account) => !given.includes(account));
  if (missing.length > 0) throw new PlainError(`Passwords are missing: ${withVariables(missing)}.`);
  const json = JSON.stringify(definitionsOf(topology, { ...options, majorVersion }), null, 2);
  if (out === undefined) return console.log(json);
  await writeFile(out, `${json}\n`);
  console.log(`${out} is written.`);
}

function readDefinitionsRequest(args: readonly string[]): { readonly out?: string; readonly majorVersion: number } {
  const text = { type: 'string' } as const;
  try {
    const { out, rabbitmq = '4' } = parseArgs({ args: [...args], options: { out: text, rabbitmq: text } }).values;
    const majorVersion = Number(/^(\d+)(\.|$)/.exec(rabbitmq)?.[1]);
    if (!(majorVersion >= 3)) throw new Error(`--rabbitmq must be a version, e.g. 3.10 or 4, but is "${rabbitmq}"`);
    return { majorVersion, ...(out !== undefined && { out }) };
  } catch (error) {
    throw new PlainError(error instanceof Error ? error.message : String(error));
  }
}

function withVariables(accounts: readonly string[]): string {
  return accounts.map((account) => `${account} (${passwordVariableOf(account)})`).join(', ');
}
