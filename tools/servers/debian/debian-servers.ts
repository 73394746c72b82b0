import { PlainError } from '../../plain-error.js';
import { type Progress } from '../../progress.js';
import { withExclusiveLock } from '../exclusive-lock.js';
import { freePort } from '../free-port.js';
import {
  checkoutFolder,
  type Instance,
  instanceOf,
  type InstanceState,
  lockFile,
  newSecret,
  type Profile,
  readState,
  type ServerName,
  withProcess,
  writeState,
} from '../instance.js';
import { mongoFrontReady, spawnMongoFront } from '../mongo-front-process.js';
import { oneAtATime } from '../one-at-a-time.js';
import { identify, isRunning, type ProcessIdentity, stopProcess } from '../process-identity.js';
import { type ServerControl, type Servers, type ServerUrls } from '../servers.js';
import { killConfined, stopConfined } from './confined-process.js';
import { postgresqlReady, postgresqlSocketFolder, spawnPostgresql } from './postgresql.js';
import { RABBITMQ_ADMIN, rabbitmqReady, spawnRabbitmq } from './rabbitmq.js';
import { currentServers, ensureRoot, rabbitmq310 } from './server-root.js';

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

/** A kill must not be mistaken for a slow stop: PostgreSQL and RabbitMQ both end within seconds when asked. */
const STOP_WITHIN_MS = 20_000;

/** `npm start` uses the ports that everybody knows when they are free; tests never do. */
const WELL_KNOWN_PORTS = { amqp: 5672, management: 15672, mongo: 27017 };

const SERVERS: readonly ServerName[] = ['mongoFront', 'postgresql', 'rabbitmq'];

/** Way 3 of local-servers.md: both servers from a private Debian root. Re-uses what already runs; starts what does not. */
export async function ensureDebianServers(options: DebianServersOptions, progress: Progress): Promise<Servers> {
  const instance = instanceOf(options.instanceName);
  const roots = {
    current: await ensureRoot(currentServers, progress, options.signal),
    rabbitmq: await ensureRoot(
      options.rabbitmqVersion === '3.10' ? rabbitmq310 : currentServers,
      progress,
      options.signal,
    ),
  };
  const me = await thisProcess();
  const state = await locked(instance, progress, async () => {
    const prepared = await prepare(instance, options, progress);
    const users = options.keep ? prepared.users : [...prepared.users, me];
    await writeState(instance, { ...prepared, users, kept: prepared.kept || options.keep });
    await all([ensureDatabase(instance, roots.current, progress), ensureRabbitmq(instance, roots.rabbitmq, progress)]);
    return expectState(instance);
  });

  return {
    profile: options.profile,
    ...urlsOf(state),
    how: `RabbitMQ ${options.rabbitmqVersion === '3.10' ? '3.10' : '4'} and DocumentDB on PostgreSQL (a stand-in for MongoDB) from a private Debian root, ${options.profile === 'start' ? 'durable' : 'fsync off'}`,
    control: {
      rabbitmq: controlOf(['rabbitmq'], instance, progress, () => ensureRabbitmq(instance, roots.rabbitmq, progress)),
      database: controlOf(['mongoFront', 'postgresql'], instance, progress, () =>
        ensureDatabase(instance, roots.current, progress),
      ),
    },
    stop: () => locked(instance, progress, () => leave(instance, me, progress)),
  };
}

/** The URLs of an instance whose servers all run. */
export async function debianUrls(instance: Instance): Promise<ServerUrls | undefined> {
  const state = await readState(instance);
  if (state === undefined || (await runningServers(state)).length < SERVERS.length) return undefined;
  return urlsOf(state);
}

/** Stops the servers of an instance, whoever uses them; the data stays. False when none ran. */
export async function stopDebianServers(instance: Instance, progress: Progress): Promise<boolean> {
  return locked(instance, progress, async () => {
    const state = await readState(instance);
    if (state === undefined) return false;
    const running = await runningServers(state);
    await stopServers(instance, SERVERS);
    const stopped = await expectState(instance);
    await writeState(instance, { ...stopped, users: [], kept: false });
    return running.length > 0;
  });
}

/** Which servers of the instance run, checked. */
export async function runningServers(state: InstanceState): Promise<readonly ServerName[]> {
  const checked = await Promise.all(SERVERS.map(async (name) => ({ name, runs: await runs(state.processes[name]) })));
  return checked.filter(({ runs: answer }) => answer).map(({ name }) => name);
}

function urlsOf({ profile, ports, rabbitmqPassword }: InstanceState): ServerUrls {
  const account = `${RABBITMQ_ADMIN}:${rabbitmqPassword}`;
  return {
    rabbitmqUrl: `amqp://${account}@127.0.0.1:${ports.amqp}`,
    rabbitmqManagementUrl: `http://${account}@127.0.0.1:${ports.management}`,
    mongoUrl: `mongodb://127.0.0.1:${ports.mongo}/${profile === 'start' ? 'earlybird' : 'earlybird_test'}`,
  };
}

/** The state of a new instance, or the stored one without processes and users that are gone. Ports of servers that do not run are looked at again. */
async function prepare(instance: Instance, options: DebianServersOptions, progress: Progress): Promise<InstanceState> {
  const { profile, rabbitmqVersion } = options;
  const stored = await readState(instance);
  if (stored !== undefined && (stored.profile !== profile || stored.rabbitmqVersion !== rabbitmqVersion)) {
    throw new PlainError(
      `The servers "${instance.name}" are of another kind (${stored.profile}, RabbitMQ ${stored.rabbitmqVersion}). Run: npm run servers -- reset ${instance.name}`,
    );
  }
  const running = stored === undefined ? [] : await runningServers(stored);
  const users = stored === undefined ? [] : await onlyRunning(stored.users);
  const processes = Object.fromEntries(running.map((name) => [name, stored?.processes[name]]));
  return {
    profile,
    checkout: checkoutFolder,
    rabbitmqVersion,
    ports: await choosePorts(stored, running, options, progress),
    rabbitmqPassword: stored?.rabbitmqPassword ?? newSecret(),
    processes,
    users: [...users],
    kept: (stored?.kept ?? false) && running.length > 0,
  };
}

async function choosePorts(
  stored: InstanceState | undefined,
  running: readonly ServerName[],
  { profile, instanceName }: DebianServersOptions,
  progress: Progress,
): Promise<InstanceState['ports']> {
  const taken = new Set<number>();
  const wellKnown: Partial<InstanceState['ports']> =
    profile === 'start' && instanceName === 'start' ? WELL_KNOWN_PORTS : {};
  const choose = async (name: keyof InstanceState['ports'], owner: ServerName): Promise<number> => {
    const before = stored?.ports[name];
    if (before !== undefined && running.includes(owner)) return before;
    const wanted = before ?? wellKnown[name];
    const port = await freePort(wanted, taken);
    taken.add(port);
    if (wanted !== undefined && port !== wanted) progress.note(`port ${wanted} (${name}) is taken; using ${port}`);
    return port;
  };
  return {
    amqp: await choose('amqp', 'rabbitmq'),
    management: await choose('management', 'rabbitmq'),
    erlangDistribution: await choose('erlangDistribution', 'rabbitmq'),
    epmd: await choose('epmd', 'rabbitmq'),
    mongo: await choose('mongo', 'mongoFront'),
  };
}

async function ensureDatabase(instance: Instance, root: string, progress: Progress): Promise<void> {
  const { profile, ports } = await expectState(instance);
  await ensureRunning(instance, 'postgresql', {
    announce: (work) => progress.step('starting PostgreSQL with DocumentDB', work),
    spawn: () => spawnPostgresql(root, instance, profile),
    ready: (leader) => postgresqlReady(instance, leader),
  });
  await ensureRunning(instance, 'mongoFront', {
    announce: (work) => progress.step(`starting the MongoDB front on port ${ports.mongo}`, work),
    spawn: () => spawnMongoFront(instance, ports.mongo, postgresqlSocketFolder(instance)),
    ready: (leader) => mongoFrontReady(instance, ports.mongo, leader),
  });
}

async function ensureRabbitmq(instance: Instance, root: string, progress: Progress): Promise<void> {
  const state = await expectState(instance);
  const { amqp, management } = state.ports;
  await ensureRunning(instance, 'rabbitmq', {
    announce: (work) => progress.step(`starting RabbitMQ on port ${amqp}, management on ${management}`, work),
    spawn: () => spawnRabbitmq(root, instance, state),
    ready: (leader) => rabbitmqReady(instance, state, leader),
  });
}

interface Start {
  readonly announce: (work: () => Promise<void>) => Promise<void>;
  readonly spawn: () => Promise<ProcessIdentity>;
  readonly ready: (leader: ProcessIdentity) => Promise<void>;
}

/** The process is written down before anything can fail, so that whatever happens it can be found and stopped. */
async function ensureRunning(instance: Instance, server: ServerName, { announce, spawn, ready }: Start): Promise<void> {
  const known = (await expectState(instance)).processes[server];
  if (known !== undefined && (await isRunning(known))) return ready(known);
  return announce(async () => {
    const leader = await spawn();
    await updateState(instance, (state) => withProcess(state, server, leader));
    await ready(leader);
  });
}

function controlOf(
  servers: readonly ServerName[],
  instance: Instance,
  progress: Progress,
  start: () => Promise<void>,
): ServerControl {
  return {
    kill: () =>
      locked(instance, progress, async () => {
        const state = await expectState(instance);
        await Promise.all(servers.map(async (name) => kill(state.processes[name])));
        await forget(instance, servers);
      }),
    stop: () => locked(instance, progress, () => stopServers(instance, servers)),
    start: () => locked(instance, progress, start),
  };
}

async function kill(found: ProcessIdentity | undefined): Promise<void> {
  if (found !== undefined) await killConfined(found);
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
  await progress.step(`stopping the servers "${instance.name}"`, () => stopServers(instance, SERVERS));
}

async function stopServers(instance: Instance, servers: readonly ServerName[]): Promise<void> {
  const { processes } = await expectState(instance);
  const { mongoFront, postgresql, rabbitmq } = Object.fromEntries(servers.map((name) => [name, processes[name]]));
  const stopDatabase = async (): Promise<void> => {
    if (mongoFront !== undefined) await stopProcess(mongoFront, STOP_WITHIN_MS);
    // PostgreSQL's fast shutdown: it ends sessions instead of waiting for them.
    if (postgresql !== undefined) await stopConfined(postgresql, 'SIGINT', STOP_WITHIN_MS);
  };
  const stopBroker = async (): Promise<void> => {
    if (rabbitmq !== undefined) await stopConfined(rabbitmq, 'SIGTERM', STOP_WITHIN_MS);
  };
  await all([stopDatabase(), stopBroker()]);
  await forget(instance, servers);
}

async function forget(instance: Instance, servers: readonly ServerName[]): Promise<void> {
  await updateState(instance, (state) =>
    servers.reduce((current, name) => withProcess(current, name, undefined), state),
  );
}

/** Two servers start side by side in this process: each writes its own entry into the newest state. */
const stateChanges = oneAtATime();

async function updateState(instance: Instance, change: (state: InstanceState) => InstanceState): Promise<void> {
  await stateChanges(async () => writeState(instance, change(await expectState(instance))));
}

async function expectState(instance: Instance): Promise<InstanceState> {
  const state = await readState(instance);
  if (state === undefined)
    throw new PlainError(`The servers "${instance.name}" were reset meanwhile; start them again.`);
  return state;
}

function locked<T>(instance: Instance, progress: Progress, work: () => Promise<T>): Promise<T> {
  const waiting = (): void => progress.note(`another process starts or stops the servers "${instance.name}"; waiting`);
  return withExclusiveLock(lockFile(instance), waiting, work);
}

async function onlyRunning(identities: readonly ProcessIdentity[]): Promise<readonly ProcessIdentity[]> {
  const checked = await Promise.all(
    identities.map(async (identity) => ({ identity, answer: await isRunning(identity) })),
  );
  return checked.filter(({ answer }) => answer).map(({ identity }) => identity);
}

async function runs(identity: ProcessIdentity | undefined): Promise<boolean> {
  return identity !== undefined && isRunning(identity);
}

/** Waits for every piece of work before it reports the first failure: nothing may go on after the lock is freed. */
async function all(work: readonly Promise<void>[]): Promise<void> {
  const results = await Promise.allSettled(work);
  for (const result of results) if (result.status === 'rejected') throw result.reason;
}

async function thisProcess(): Promise<ProcessIdentity> {
  const identity = await identify(process.pid);
  if (identity === undefined) throw new Error('this process is not in /proc');
  return identity;
}
