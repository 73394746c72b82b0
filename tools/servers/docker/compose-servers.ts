import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { type Progress } from '../../progress.js';
import { freePort } from '../free-port.js';
import { checkoutFolder, type Instance, instanceOf, newSecret } from '../instance.js';
import { runCommand } from '../run-command.js';
import { type ServerControl, type Servers, type ServerUrls } from '../servers.js';

const stateSchema = z.object({
  rabbitmqPassword: z.string(),
  ports: z.object({ amqp: z.number(), management: z.number(), mongo: z.number() }),
});

type ComposeState = z.infer<typeof stateSchema>;

/** The ports that everybody knows, when they are free. */
const WELL_KNOWN_PORTS: ComposeState['ports'] = { amqp: 5672, management: 15672, mongo: 27017 };

/** The broker's administrator, also named in compose.servers.yml. */
const ADMIN = 'earlybird';

/**
 * Way 2 of local-servers.md for `npm start`: RabbitMQ and MongoDB of docker-compose.yml, as a compose project of their own, so that
 * nobody's other containers and volumes are met. Re-uses what already runs. The data outlives the containers.
 */
export async function ensureComposeServers(instanceName: string, progress: Progress): Promise<Servers> {
  const instance = instanceOf(instanceName);
  const running = await isUp(instance);
  const state = await prepare(instance, running, progress);
  const up = ['up', '--detach', '--wait', 'rabbitmq', 'mongodb'];
  await progress.step('starting RabbitMQ and MongoDB with docker compose', () => compose(instance, state, up));

  return {
    profile: 'start',
    ...urlsOf(state),
    how: 'RabbitMQ 4 and MongoDB 8 in Docker containers',
    control: {
      rabbitmq: {
        ...controlOf('rabbitmq', instance, state),
        ctl: (...args) => compose(instance, state, ['exec', '--no-TTY', 'rabbitmq', 'rabbitmqctl', ...args]),
      },
      database: controlOf('mongodb', instance, state),
    },
    stop: () =>
      progress.step('stopping the containers', async () => {
        await compose(instance, state, ['stop', 'rabbitmq', 'mongodb']);
      }),
  };
}

/** Runs `docker compose` for the servers of an instance, and shows what it prints; false when they were never started. */
export async function composeOfInstance(instance: Instance, args: readonly string[]): Promise<boolean> {
  const state = await readState(instance);
  if (state === undefined) return false;
  await compose(instance, state, args, (line) => console.log(line));
  return true;
}

/** The URLs of an instance whose containers run. */
export async function composeUrls(instance: Instance): Promise<ServerUrls | undefined> {
  const state = await readState(instance);
  return state !== undefined && (await isUp(instance)) ? urlsOf(state) : undefined;
}

function urlsOf({ ports, rabbitmqPassword }: ComposeState): ServerUrls {
  return {
    rabbitmqUrl: `amqp://${ADMIN}:${rabbitmqPassword}@127.0.0.1:${ports.amqp}`,
    rabbitmqManagementUrl: `http://${ADMIN}:${rabbitmqPassword}@127.0.0.1:${ports.management}`,
    mongoUrl: `mongodb://127.0.0.1:${ports.mongo}/earlybird`,
  };
}

async function prepare(instance: Instance, running: boolean, progress: Progress): Promise<ComposeState> {
  const stored = await readState(instance);
  if (stored !== undefined && running) return stored;
  const taken = new Set<number>();
  const choose = async (name: keyof ComposeState['ports']): Promise<number> => {
    const wanted = stored?.ports[name] ?? WELL_KNOWN_PORTS[name];
    const port = await freePort(wanted, taken);
    taken.add(port);
    if (port !== wanted) progress.note(`port ${wanted} (${name}) is taken; using ${port}`);
    return port;
  };
  const ports = { amqp: await choose('amqp'), management: await choose('management'), mongo: await choose('mongo') };
  const state: ComposeState = {
    rabbitmqPassword: stored?.rabbitmqPassword ?? newSecret(),
    ports,
  };
  await mkdir(instance.folder, { recursive: true });
  await writeFile(stateFile(instance), `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
  await chmod(stateFile(instance), 0o600);
  return state;
}

async function isUp(instance: Instance): Promise<boolean> {
  const state = await readState(instance);
  if (state === undefined) return false;
  const ids = await compose(instance, state, ['ps', '--quiet', '--status', 'running', 'rabbitmq', 'mongodb']);
  return ids.trim().split('\n').length === 2;
}

function controlOf(service: string, instance: Instance, state: ComposeState): ServerControl {
  const run = async (...args: readonly string[]): Promise<void> => void (await compose(instance, state, args));
  return {
    kill: () => run('kill', '--signal', 'SIGKILL', service),
    start: () => run('up', '--detach', '--wait', '--no-deps', service),
    stop: () => run('stop', service),
  };
}

function compose(
  instance: Instance,
  { rabbitmqPassword, ports }: ComposeState,
  args: readonly string[],
  onLine?: (line: string) => void,
): Promise<string> {
  const files = [join(checkoutFolder, 'docker-compose.yml'), join(import.meta.dirname, 'compose.servers.yml')];
  const project = `earlybird-${basename(instance.folder)}`;
  return runCommand(
    'docker',
    ['compose', '--project-name', project, ...files.flatMap((file) => ['--file', file]), ...args],
    {
      env: {
        ...process.env,
        RABBITMQ_PORT: String(ports.amqp),
        RABBITMQ_MANAGEMENT_PORT: String(ports.management),
        EARLYBIRD_MONGO_PORT: String(ports.mongo),
        EARLYBIRD_RABBITMQ_PASSWORD: rabbitmqPassword,
      },
      ...(onLine && { onLine }),
    },
  );
}

async function readState(instance: Instance): Promise<ComposeState | undefined> {
  const text = await readFile(stateFile(instance), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : stateSchema.parse(JSON.parse(text));
}

function stateFile(instance: Instance): string {
  return join(instance.folder, 'docker.json');
}
