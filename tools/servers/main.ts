import { readFile, stat } from 'node:fs/promises';
import { PlainError } from '../plain-error.js';
import { printedProgress } from '../progress.js';
import { debianUrls, stopDebianServers } from './debian/debian-servers.js';
import { runningServers } from './debian/running-servers.js';
import { deleteFolder, rootsFolder } from './debian/server-root.js';
import { composeOfInstance, composeUrls } from './docker/compose-servers.js';
import { ensureServers } from './ensure-servers.js';
import { allInstances, type Instance, instanceOf, logFile, readState, type ServerName } from './instance.js';
import { type ServerUrls } from './servers.js';

const USAGE = `npm run servers -- <command> [name]

The name says which set of servers: "start" belongs to npm start, "test" to npm test. Default is start.

  status             every set of servers of this user: what runs, where, for which checkout
  start [name]       starts them and keeps them running; prints their URLs as shell variables
  urls  [name]       prints the URLs of running ones, with the administrator's password
  stop  [name]       stops them; the data stays
  reset [name]       stops them and deletes their data
  reset --all        stops and deletes everything: all data and the private Debian root
  logs  [name]       the last lines that each server printed`;

/** How much of each log is shown. */
const LOG_LINES = 40;

/** `npm run servers`: looks after the servers that `npm start` and `npm test` started. */
export async function main(args: readonly string[]): Promise<void> {
  const [command = 'status', name = 'start'] = args;
  switch (command) {
    case 'status':
      return showStatus();
    case 'start':
      return start(name);
    case 'urls':
      return showUrls(instanceOf(name));
    case 'stop':
      return stop(instanceOf(name));
    case 'reset':
      return name === '--all' ? resetEverything() : reset(instanceOf(name));
    case 'logs':
      return showLogs(instanceOf(name));
    case 'help':
    case '--help':
      console.log(USAGE);
      return;
    default:
      throw new PlainError(`There is no command "${command}".\n\n${USAGE}`);
  }
}

async function showStatus(): Promise<void> {
  const instances = await allInstances();
  if (instances.length === 0) console.log('No servers were started here yet.');
  for (const instance of instances) {
    const state = await readState(instance);
    if (state === undefined || (await composeUrls(instance)) !== undefined) {
      console.log(`${instance.name} in containers; data in volumes of Docker`);
      await composeOfInstance(instance, ['ps']);
      continue;
    }
    const running = await runningServers(state);
    const { amqp, management, mongo } = state.ports;
    console.log(`${instance.name} (${state.checkout})`);
    console.log(`  RabbitMQ    ${running.includes('rabbitmq') ? `port ${amqp}, management ${management}` : 'stopped'}`);
    console.log(`  PostgreSQL  ${running.includes('postgresql') ? 'runs' : 'stopped'}`);
    console.log(`  MongoDB     ${running.includes('mongoFront') ? `front on port ${mongo}` : 'stopped'}`);
    console.log(`  data        ${instance.folder}`);
  }
}

async function start(name: string): Promise<void> {
  const servers = await ensureServers({ profile: name === 'start' ? 'start' : 'test', instanceName: name, keep: true });
  console.log(`${servers.how}\n${shellVariables(servers)}`);
}

async function showUrls(instance: Instance): Promise<void> {
  const urls = (await debianUrls(instance)) ?? (await composeUrls(instance));
  if (urls === undefined) throw new PlainError(`"${instance.name}" does not run. See: npm run servers -- status`);
  console.log(shellVariables(urls));
}

async function stop(instance: Instance): Promise<void> {
  const ran = (await composeOfInstance(instance, ['stop'])) || (await stopDebianServers(instance, printedProgress));
  console.log(ran ? `Stopped "${instance.name}".` : `"${instance.name}" did not run.`);
}

async function reset(instance: Instance): Promise<void> {
  await stopAndDelete(instance);
  console.log(`Deleted the data of "${instance.name}".`);
}

async function resetEverything(): Promise<void> {
  for (const instance of await allInstances()) await stopAndDelete(instance);
  await deleteFolder(rootsFolder());
  console.log('Deleted all data and the private Debian root.');
}

async function stopAndDelete(instance: Instance): Promise<void> {
  await composeOfInstance(instance, ['down', '--volumes']);
  await stopDebianServers(instance, printedProgress);
  await deleteFolder(instance.folder);
}

async function showLogs(instance: Instance): Promise<void> {
  if (await composeOfInstance(instance, ['logs', '--no-color', '--tail', String(LOG_LINES)])) return;
  const servers: readonly ServerName[] = ['rabbitmq', 'postgresql', 'mongoFront'];
  for (const server of servers) {
    const file = logFile(instance, server);
    const size = await stat(file).catch(() => undefined);
    console.log(`── ${server} ── ${file}`);
    if (size !== undefined)
      console.log((await readFile(file, 'utf8')).trimEnd().split('\n').slice(-LOG_LINES).join('\n'));
  }
}

function shellVariables({ rabbitmqUrl, rabbitmqManagementUrl = '', mongoUrl }: ServerUrls): string {
  return [
    `export RABBITMQ_URL=${rabbitmqUrl}`,
    `export RABBITMQ_MANAGEMENT_URL=${rabbitmqManagementUrl}`,
    `export MONGO_URL=${mongoUrl}`,
  ].join('\n');
}
