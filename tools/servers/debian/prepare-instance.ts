import { PlainError } from '../../plain-error.js';
import { type Progress } from '../../progress.js';
import { freePort } from '../free-port.js';
import {
  checkoutFolder,
  type Instance,
  type InstanceState,
  newSecret,
  readState,
  type ServerName,
} from '../instance.js';
import { onlyRunning, runningServers } from './running-servers.js';

type InstanceKind = Pick<InstanceState, 'profile' | 'rabbitmqVersion'>;

/** `npm start` uses the ports that everybody knows when they are free; tests never do. */
const WELL_KNOWN_PORTS: Partial<InstanceState['ports']> = { amqp: 5672, management: 15672, mongo: 27017 };

/** Which server must run for a port to be known as ours. */
const OWNERS: Readonly<Record<keyof InstanceState['ports'], ServerName>> = {
  amqp: 'rabbitmq',
  management: 'rabbitmq',
  erlangDistribution: 'rabbitmq',
  epmd: 'rabbitmq',
  mongo: 'mongoFront',
};

/**
 * The state of a new instance, or the stored one without processes and users that are gone. The ports of servers that do not run are
 * looked at again.
 * @throws PlainError when the instance is of another kind
 */
export async function prepareInstance(
  instance: Instance,
  { profile, rabbitmqVersion }: InstanceKind,
  progress: Progress,
): Promise<InstanceState> {
  const stored = await readState(instance);
  if (stored !== undefined && (stored.profile !== profile || stored.rabbitmqVersion !== rabbitmqVersion)) {
    throw new PlainError(
      `The servers "${instance.name}" are of another kind (${stored.profile}, RabbitMQ ${stored.rabbitmqVersion}). Run: npm run servers -- reset ${instance.name}`,
    );
  }
  const running = stored === undefined ? [] : await runningServers(stored);
  const usual = instance.name === 'start' ? WELL_KNOWN_PORTS : {};
  return {
    profile,
    checkout: checkoutFolder,
    rabbitmqVersion,
    ports: await choosePorts({ ...usual, ...stored?.ports }, running, progress),
    rabbitmqPassword: stored?.rabbitmqPassword ?? newSecret(),
    processes: Object.fromEntries(running.map((name) => [name, stored?.processes[name]])),
    users: [...(await onlyRunning(stored?.users ?? []))],
    kept: (stored?.kept ?? false) && running.length > 0,
  };
}

async function choosePorts(
  wanted: Partial<InstanceState['ports']>,
  running: readonly ServerName[],
  progress: Progress,
): Promise<InstanceState['ports']> {
  const taken = new Set<number>();
  const choose = async (name: keyof InstanceState['ports']): Promise<number> => {
    const before = wanted[name];
    if (before !== undefined && running.includes(OWNERS[name])) return before;
    const port = await freePort(before, taken);
    taken.add(port);
    if (before !== undefined && port !== before) progress.note(`port ${before} (${name}) is taken; using ${port}`);
    return port;
  };
  return {
    amqp: await choose('amqp'),
    management: await choose('management'),
    erlangDistribution: await choose('erlangDistribution'),
    epmd: await choose('epmd'),
    mongo: await choose('mongo'),
  };
}
