import { type Progress } from '../../progress.js';
import { type Instance, instanceOf, type InstanceState, type Profile, readState, writeState } from '../instance.js';
import { identify, type ProcessIdentity } from '../process-identity.js';
import { type ServerControl, type Servers, type ServerUrls } from '../servers.js';
import { lockInstance } from './instance-lock.js';
import { prepareInstance } from './prepare-instance.js';
import { RABBITMQ_ADMIN, rabbitmqCtl } from './rabbitmq.js';
import { everyServer, onlyRunning, runningServers } from './running-servers.js';
import { currentServers, ensureRoot, rabbitmq310 } from './server-root.js';
import { startBroker, startDatabase } from './start-servers.js';
import { killServers, stopServers } from './stop-servers.js';
import { expectState } from './stored-state.js';
import { together } from './together.js';
import { forgetVanishedCheckouts } from './vanished-checkouts.js';

export interface DebianServersOptions {
  readonly profile: Profile;
  /** Which set of servers; two names never share anything. */
  readonly instanceName: string;
  readonly rabbitmqVersion: InstanceState['rabbitmqVersion'];
  /** Keep them running after every user has left, until they are stopped by hand. */
  readonly keep: boolean;
  /** Ends the building of the root when it aborts. */
  readonly signal?: AbortSignal;
}

/** Way 3 of local-servers.md: both servers from a private Debian root. Re-uses what already runs; starts what does not. */
export async function ensureDebianServers(options: DebianServersOptions, progress: Progress): Promise<Servers> {
  const instance = instanceOf(options.instanceName);
  await forgetVanishedCheckouts(stopDebianServers, progress);
  const databaseRoot = await ensureRoot(currentServers, progress, options.signal);
  const brokerRecipe = options.rabbitmqVersion === '3.10' ? rabbitmq310 : currentServers;
  const brokerRoot = await ensureRoot(brokerRecipe, progress, options.signal);
  const database = (): Promise<void> => startDatabase(instance, databaseRoot, progress);
  const broker = (): Promise<void> => startBroker(instance, brokerRoot, progress);
  const me = await thisProcess();

  const state = await lockInstance(instance, progress, async () => {
    const prepared = await prepareInstance(instance, options, progress);
    const users = options.keep ? prepared.users : [...prepared.users, me];
    await writeState(instance, { ...prepared, users, kept: prepared.kept || options.keep });
    try {
      await together(database(), broker());
    } catch (error) {
      await leave(instance, me, progress);
      throw error;
    }
    return expectState(instance);
  });

  return {
    profile: options.profile,
    ...urlsOf(state),
    how: describe(options),
    control: {
      rabbitmq: {
        ...controlOf(instance, ['rabbitmq'], broker, progress),
        ctl: (...args) => rabbitmqCtl(brokerRoot, instance, args),
      },
      database: controlOf(instance, ['mongoFront', 'postgresql'], database, progress),
    },
    stop: () => lockInstance(instance, progress, () => leave(instance, me, progress)),
  };
}

/** The URLs of an instance whose servers all run. */
export async function debianUrls(instance: Instance): Promise<ServerUrls | undefined> {
  const state = await readState(instance);
  if (state === undefined || (await runningServers(state)).length < everyServer.length) return undefined;
  return urlsOf(state);
}

/** Stops the servers of an instance, whoever uses them; the data stays. False when none ran. */
export async function stopDebianServers(instance: Instance, progress: Progress): Promise<boolean> {
  return lockInstance(instance, progress, async () => {
    const state = await readState(instance);
    if (state === undefined) return false;
    const running = await runningServers(state);
    await stopServers(instance, everyServer);
    await writeState(instance, { ...(await expectState(instance)), users: [], kept: false });
    return running.length > 0;
  });
}

/** The last user turns off the light. */
async function leave(instance: Instance, me: ProcessIdentity, progress: Progress): Promise<void> {
  const state = await readState(instance);
  if (state === undefined) return;
  const users = (await onlyRunning(state.users)).filter(({ pid }) => pid !== me.pid);
  await writeState(instance, { ...state, users: [...users] });
  if (users.length > 0 || state.kept) {
    progress.note(`the servers "${instance.name}" stay up: ${state.kept ? 'started by hand' : 'others use them'}`);
    return;
  }
  await progress.step(`stopping the servers "${instance.name}"`, () => stopServers(instance, everyServer));
}

function controlOf(
  instance: Instance,
  servers: Parameters<typeof stopServers>[1],
  start: () => Promise<void>,
  progress: Progress,
): ServerControl {
  return {
    kill: () => lockInstance(instance, progress, () => killServers(instance, servers)),
    stop: () => lockInstance(instance, progress, () => stopServers(instance, servers)),
    start: () => lockInstance(instance, progress, start),
  };
}

function urlsOf({ profile, ports, rabbitmqPassword }: InstanceState): ServerUrls {
  const account = `${RABBITMQ_ADMIN}:${rabbitmqPassword}`;
  return {
    rabbitmqUrl: `amqp://${account}@127.0.0.1:${ports.amqp}`,
    rabbitmqManagementUrl: `http://${account}@127.0.0.1:${ports.management}`,
    mongoUrl: `mongodb://127.0.0.1:${ports.mongo}/${profile === 'start' ? 'earlybird' : 'earlybird_test'}`,
  };
}

function describe({ profile, rabbitmqVersion }: DebianServersOptions): string {
  const broker = rabbitmqVersion === '3.10' ? 'RabbitMQ 3.10' : 'RabbitMQ 4';
  const durability = profile === 'start' ? 'durable' : 'without fsync';
  return `${broker} and DocumentDB on PostgreSQL (a stand-in for MongoDB) from a private Debian root, ${durability}`;
}

async function thisProcess(): Promise<ProcessIdentity> {
  const identity = await identify(process.pid);
  if (identity === undefined) throw new Error('this process is not in /proc');
  return identity;
}
