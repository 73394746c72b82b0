import { join } from 'node:path';
import { type Environment, loadConfig } from '@earlybird/ops';
import { z } from 'zod';
import { printedProgress as progress } from '../progress.js';
import { ensureServers } from '../servers/ensure-servers.js';
import { instanceOf } from '../servers/instance.js';
import { type Servers } from '../servers/servers.js';
import { mintToken } from '../token/mint-token.js';
import { tokenConfigSchema } from '../token/token-config.js';
import { appEnvironments, usesSimulator } from './app-environments.js';
import { Apps } from './apps.js';
import { prepareBroker } from './broker-accounts.js';
import { buildApps } from './build-apps.js';
import { followMessages } from './follow-messages.js';
import { checkSettings } from './check-settings.js';
import { choosePorts, type Ports } from './ports.js';
import { prepareDatabase } from './prepare-database.js';
import { beginStart, changeStart, endStart, findRunningStart } from './running-start.js';
import { type ExampleCall, type ScreenFacts } from './screen-facts.js';
import { screen } from './screen.js';
import { readSettings } from './settings.js';

/** A working day: the token on the screen must last as long as somebody plays with it. */
const TOKEN_SECONDS = 8 * 60 * 60;

/** npm passes Ctrl-C on to a child that the terminal has told already: the same press arrives twice. */
const SAME_PRESS_MS = 300;

/** What has been started so far, and how it goes down again. */
interface Started {
  /** Settles when nothing more is being started. */
  starting?: Promise<void>;
  servers?: Servers;
  apps?: Apps;
}

/** `npm start`: the whole system on this machine, until Ctrl-C. */
export async function main(): Promise<void> {
  const running = await findRunningStart();
  if (running !== undefined) return showRunning(running.process.pid, running.screen);

  await beginStart((text) => progress.note(text));
  const started: Started = {};
  const abort = new AbortController();
  stopOnSignals(started, abort);
  started.starting = start(started, abort.signal);
  try {
    await started.starting;
  } catch (error) {
    if (abort.signal.aborted) return;
    await stop(started);
    throw error;
  }
}

async function start(started: Started, signal: AbortSignal): Promise<void> {
  const settings = await readSettings((text) => progress.note(text));
  checkSettings(settings);
  const [servers] = await both(
    ensureServers({ profile: 'start', environment: settings, signal }).then((found) => (started.servers = found)),
    buildApps(progress),
  );
  progress.note(`using ${servers.how}`);
  if (signal.aborted) return;
  const [broker] = await both(prepareBroker(servers, settings, progress), prepareDatabase(servers.mongoUrl, progress));
  const ports = await choosePorts(settings, (text) => progress.note(text));
  const logFolder = join(instanceOf('start').folder, 'log');
  const environments = appEnvironments({ settings, ports, broker, mongoUrl: servers.mongoUrl });
  if (signal.aborted) return;
  const apps = new Apps(environments, ports, logFolder);
  started.apps = apps;
  await apps.start(progress);

  const facts = factsOf(servers, settings, ports, logFolder);
  await changeStart((state) => ({ ...state, screen: facts }));
  console.log(await wholeScreen(facts, settings));
  void followMessages(`http://127.0.0.1:${ports.SIMULATOR_ADMIN_PORT}`, signal, (recipient, text) =>
    console.log(`           ✉ ${recipient}  ${text}`),
  );
}

/** Side by side; a failure is reported when neither goes on. */
async function both<A, B>(a: Promise<A>, b: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([a, b]);
  return Promise.all([a, b]);
}

async function showRunning(pid: number, facts: ScreenFacts | undefined): Promise<void> {
  console.log(`npm start is already running here (process ${pid}); stop it there with Ctrl-C, or with: kill ${pid}`);
  if (facts === undefined) return console.log('It is still starting.');
  console.log(await wholeScreen(facts, await readSettings(() => undefined)));
}

async function wholeScreen(facts: ScreenFacts, settings: Environment): Promise<string> {
  return screen(facts, await exampleCalls(facts.storefrontUrl), await viewerToken(settings));
}

const guideSchema = z.object({
  endpoints: z.array(
    z.object({
      method: z.string(),
      path: z.string(),
      about: z.string(),
      body: z.record(z.string(), z.unknown()).optional(),
    }),
  ),
});

/** The storefront knows its own calls; its customer book is not among the ten that send a message. */
async function exampleCalls(storefrontUrl: string): Promise<readonly ExampleCall[]> {
  const { endpoints } = guideSchema.parse(await (await fetch(`${storefrontUrl}/`)).json());
  return endpoints.filter(({ path }) => path !== '/api/customers');
}

/** Undefined when tokens come from an identity provider. */
async function viewerToken(settings: Environment): Promise<string | undefined> {
  if (settings['JWT_JWKS_URL'] !== undefined) return undefined;
  const request = { role: 'viewer', client: 'npm-start', ttlSeconds: TOKEN_SECONDS } as const;
  return mintToken(request, loadConfig(tokenConfigSchema, settings), new Date());
}

function factsOf(servers: Servers, settings: Environment, ports: Ports, logFolder: string): ScreenFacts {
  const { rabbitmqManagementUrl } = servers;
  return {
    servers: servers.how,
    ...(!usesSimulator(settings) && {
      realProvider: `REAL MESSAGES to real customers through ${settings['MYOPERATOR_BASE_URL'] ?? ''}`,
    }),
    apiUrl: `http://127.0.0.1:${ports.API_PORT}`,
    storefrontUrl: `http://127.0.0.1:${ports.STOREFRONT_PORT}`,
    simulatorUrl: `http://127.0.0.1:${ports.SIMULATOR_PORT}`,
    workerUrl: `http://127.0.0.1:${ports.WORKER_PORT}`,
    ...(rabbitmqManagementUrl !== undefined && { managementUrl: new URL(rabbitmqManagementUrl).origin }),
    logFolder,
  };
}

/** The first signal stops everything in order, the second does not wait for the apps, the third waits for nothing. */
function stopOnSignals(started: Started, abort: AbortController): void {
  let presses = 0;
  let lastAt = 0;
  const onSignal = (): void => {
    if (Date.now() - lastAt < SAME_PRESS_MS) return;
    lastAt = Date.now();
    presses += 1;
    if (presses === 2) started.apps?.kill();
    if (presses === 3) process.exit(130);
    if (presses > 1) return;
    console.log('\nStopping (press Ctrl-C again not to wait) …');
    abort.abort();
    void stop(started).then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
}

async function stop(started: Started): Promise<void> {
  const { apps } = started;
  if (apps !== undefined) await progress.step('stopping the apps', () => apps.stop());
  await started.starting?.catch(() => undefined);
  // What came up meanwhile.
  await started.apps?.stop();
  await started.servers?.stop();
  await endStart();
}
