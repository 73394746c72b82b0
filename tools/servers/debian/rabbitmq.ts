import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PlainError } from '../../plain-error.js';
import { type Instance, type InstanceState, logFile } from '../instance.js';
import { accepts } from '../mongo-front-process.js';
import { isRunning, type ProcessIdentity } from '../process-identity.js';
import { until } from '../until.js';
import { INSTANCE_MOUNT, runBeside, startConfined, tailOf } from './confined-process.js';
import { makeFoldersOf } from './root-user.js';
import { expectState } from './stored-state.js';

/** The administrator of the local broker; the password is generated per instance. */
export const RABBITMQ_ADMIN = 'earlybird';

/** Opening 100,000 stored messages after a kill takes seconds; a loaded laptop multiplies them. */
const READY_WITHIN_MS = 120_000;

/** Starts RabbitMQ with its management plugin on the instance's ports and data, without waiting for it. */
export async function spawnRabbitmq(root: string, instance: Instance, state: InstanceState): Promise<ProcessIdentity> {
  const folder = join(instance.folder, 'rabbitmq');
  const folders = ['home', 'data', 'log', 'config'].map((name) => join(folder, name));
  await makeFoldersOf(root, 'rabbitmq', instance.folder, [folder, ...folders]);
  await writeReadable(join(folder, 'config', 'rabbitmq.conf'), configuration(state));
  await writeReadable(join(folder, 'config', 'enabled_plugins'), '[rabbitmq_management].\n');

  return startConfined(
    {
      root,
      instanceFolder: instance.folder,
      user: 'rabbitmq:rabbitmq',
      command: ['/usr/lib/rabbitmq/bin/rabbitmq-server'],
      env: environment(instance, state),
    },
    logFile(instance, 'rabbitmq'),
  );
}

/**
 * Returns when the broker serves clients: the management API answers, and the AMQP listener, which comes last, accepts.
 * @throws PlainError with the end of its log when it ended or takes too long
 */
export async function rabbitmqReady(instance: Instance, state: InstanceState, leader: ProcessIdentity): Promise<void> {
  const log = logFile(instance, 'rabbitmq');
  const failure = async (): Promise<Error> =>
    new PlainError(`RabbitMQ did not come up; the end of ${log}:\n${await tailOf(log, 25)}`);
  const authorization = `Basic ${Buffer.from(`${RABBITMQ_ADMIN}:${state.rabbitmqPassword}`).toString('base64')}`;
  await until(
    async () => {
      if (!(await isRunning(leader))) throw await failure();
      return fetch(`http://127.0.0.1:${state.ports.management}/api/vhosts`, {
        headers: { authorization },
        signal: AbortSignal.timeout(5_000),
      }).then(
        async (response) => (response.ok && (await accepts(state.ports.amqp)) ? true : undefined),
        () => undefined,
      );
    },
    READY_WITHIN_MS,
    failure,
  );
}

/** Runs `rabbitmqctl` beside the broker of this instance, which runs. */
export async function rabbitmqCtl(root: string, instance: Instance, args: readonly string[]): Promise<string> {
  const state = await expectState(instance);
  const leader = state.processes.rabbitmq;
  if (leader === undefined) throw new PlainError('RabbitMQ does not run: there is nothing to tell it.');
  return runBeside(leader, {
    root,
    instanceFolder: instance.folder,
    user: 'rabbitmq:rabbitmq',
    command: ['/usr/lib/rabbitmq/bin/rabbitmqctl', ...args],
    env: environment(instance, state),
  });
}

/** Owned by root and readable by the broker: it may not change its own configuration. The folder keeps everybody else out. */
async function writeReadable(file: string, text: string): Promise<void> {
  await writeFile(file, text);
  await chmod(file, 0o644);
}

/** There is no `guest`: with `default_user` given, RabbitMQ creates that one instead, when its data is new. */
function configuration({ ports, rabbitmqPassword }: InstanceState): string {
  return `listeners.tcp.1 = 127.0.0.1:${ports.amqp}
management.tcp.ip = 127.0.0.1
management.tcp.port = ${ports.management}
default_user = ${RABBITMQ_ADMIN}
default_pass = ${rabbitmqPassword}
`;
}

/** Everything by which a RabbitMQ finds its place: nothing is left to a default that another broker of this machine might share. */
function environment(instance: Instance, { ports }: InstanceState): Readonly<Record<string, string>> {
  const folder = `${INSTANCE_MOUNT}/rabbitmq`;
  return {
    LANG: 'C.UTF-8',
    HOME: `${folder}/home`,
    RABBITMQ_NODENAME: `earlybird-${instance.name}@localhost`,
    RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
    RABBITMQ_NODE_PORT: String(ports.amqp),
    RABBITMQ_DIST_PORT: String(ports.erlangDistribution),
    ERL_EPMD_PORT: String(ports.epmd),
    ERL_EPMD_ADDRESS: '127.0.0.1',
    RABBITMQ_MNESIA_BASE: `${folder}/data`,
    RABBITMQ_LOG_BASE: `${folder}/log`,
    RABBITMQ_PID_FILE: `${folder}/data/rabbitmq.pid`,
    RABBITMQ_CONFIG_FILE: `${folder}/config/rabbitmq.conf`,
    RABBITMQ_ENABLED_PLUGINS_FILE: `${folder}/config/enabled_plugins`,
    RABBITMQ_CONF_ENV_FILE: '/dev/null',
    RABBITMQ_LOGS: '-',
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '-kernel inet_dist_use_interface {127,0,0,1}',
  };
}
