import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SignJWT } from 'jose';
import { freePort } from '../free-port.js';
import { makeDatabase, type TestDatabase } from '../test-database.js';
import { makeVhost, type TestVhost } from '../test-vhost.js';
import { type AccountNaming, applyAccounts, type BrokerAccounts } from './broker-accounts.js';
import { publishRaw, type RawPublication, SystemBroker } from './system-broker.js';
import {
  apiEnvironment,
  simulatorEnvironment,
  storefrontEnvironment,
  type SystemAddresses,
  tokenSecret,
  webhookKey,
  workerEnvironment,
} from './system-environment.js';
import { type HttpAnswer, httpCall } from './system-http.js';
import { type JournalLine, readSystemJournal } from './system-journal.js';
import { briskPace, type SystemPace } from './system-pace.js';
import { SystemProcess } from './system-process.js';
import { SystemPublishers } from './system-publishers.js';
import { SystemRecord } from './system-record.js';
import { givenServers, type SystemServers } from './system-servers.js';

/** What a system under test is made of. */
export interface SystemSetup {
  /** Default: those of the environment. */
  readonly servers?: SystemServers;
  /** Default: aliases. */
  readonly accounts?: AccountNaming;
  /** Default 1. */
  readonly workers?: number;
  /** Whether the api runs; then the simulator reports receipts to it. Default: no. */
  readonly api?: boolean;
  /** Default: no. */
  readonly storefront?: boolean;
  readonly pace?: Partial<SystemPace>;
  /** The name of a database that exists and is left as it is; default: one of its own, which `stop` deletes. */
  readonly database?: string;
  /** In place of the worker's own main: arguments of `node`, for workers with a broken part. */
  readonly workerArguments?: readonly string[];
  /** Above what the pace sets, for every worker. */
  readonly workerEnv?: Readonly<Record<string, string>>;
  /** Above what the pace sets, for the api. */
  readonly apiEnv?: Readonly<Record<string, string>>;
  /** Above what the pace sets, for the simulator. */
  readonly simulatorEnv?: Readonly<Record<string, string>>;
}

/**
 * A whole system of real processes, in a virtual host and a database of its own: simulator, workers, and on demand api and
 * storefront, each with its own account of least rights.
 */
export class RunningSystem {
  readonly simulator: SystemProcess;
  readonly workers: readonly SystemProcess[];
  readonly api: SystemProcess | undefined;
  readonly storefront: SystemProcess | undefined;
  readonly broker: SystemBroker;
  readonly record: SystemRecord;
  readonly publishers: SystemPublishers;

  private constructor(
    readonly pace: SystemPace,
    readonly accounts: BrokerAccounts,
    readonly vhost: TestVhost,
    private readonly databases: readonly [TestDatabase, TestDatabase],
    private readonly folder: string,
    private readonly to: SystemAddresses,
    setup: SystemSetup,
  ) {
    const { ports } = to;
    this.simulator = new SystemProcess('simulator', {
      app: 'myoperator-simulator',
      env: { ...simulatorEnvironment(to, pace, setup.api === true), ...setup.simulatorEnv },
      readyUrl: `http://127.0.0.1:${ports.simulatorAdmin}/health`,
    });
    this.workers = ports.workers.map(
      (port, index) =>
        new SystemProcess(`worker ${index + 1}`, {
          app: 'worker',
          env: { ...workerEnvironment(to, pace, index), ...setup.workerEnv },
          readyUrl: `http://127.0.0.1:${port}/health/ready`,
          ...(setup.workerArguments !== undefined && { nodeArguments: setup.workerArguments }),
        }),
    );
    this.api =
      setup.api === true
        ? new SystemProcess('api', {
            app: 'api',
            env: { ...apiEnvironment(to, pace), ...setup.apiEnv },
            readyUrl: `http://127.0.0.1:${ports.apiMetrics}/health/ready`,
          })
        : undefined;
    this.storefront =
      setup.storefront === true
        ? new SystemProcess('storefront', {
            app: 'storefront',
            env: storefrontEnvironment(to),
            readyUrl: `http://127.0.0.1:${ports.storefront}/health`,
          })
        : undefined;
    this.broker = new SystemBroker(vhost.url);
    this.record = new SystemRecord(to.mongoUrl);
    this.publishers = new SystemPublishers(accounts);
  }

  /** Makes virtual host, accounts and database; starts nothing yet. `stop` takes it all away. */
  static async prepare(setup: SystemSetup = {}): Promise<RunningSystem> {
    const servers = setup.servers ?? givenServers();
    const pace = { ...briskPace, ...setup.pace };
    const database =
      setup.database === undefined ? makeDatabase(servers.mongoUrl) : existingDatabase(servers, setup.database);
    const vhost = await makeVhost(servers);
    const accounts = await applyAccounts(vhost, servers.managementUrl, pace, setup.accounts ?? 'aliases');
    const folder = await mkdtemp(join(tmpdir(), 'earlybird-system-'));
    const to: SystemAddresses = {
      accounts,
      mongoUrl: database.url,
      journalFile: join(folder, 'journal.jsonl'),
      ports: {
        workers: await Promise.all(Array.from({ length: setup.workers ?? 1 }, freePort)),
        api: await freePort(),
        apiMetrics: await freePort(),
        storefront: await freePort(),
        simulator: await freePort(),
        simulatorAdmin: await freePort(),
      },
    };
    const databases = [database, storefrontDatabase(database, servers)] as const;
    return new RunningSystem(pace, accounts, vhost, databases, folder, to, setup);
  }

  /** Makes a system and starts all of it; resolves when every process is ready. */
  static async start(setup: SystemSetup = {}): Promise<RunningSystem> {
    const system = await RunningSystem.prepare(setup);
    try {
      await Promise.all(system.processes.map((process) => process.start()));
    } catch (error) {
      await system.stop();
      throw error;
    }
    return system;
  }

  /** Of the database that all its processes share. */
  get databaseUrl(): string {
    return this.to.mongoUrl;
  }

  get processes(): readonly SystemProcess[] {
    const { simulator, workers, api, storefront } = this;
    return [
      simulator,
      ...workers,
      ...(api === undefined ? [] : [api]),
      ...(storefront === undefined ? [] : [storefront]),
    ];
  }

  /** Where the api listens. */
  get apiUrl(): string {
    return `http://127.0.0.1:${this.to.ports.api}`;
  }

  /** What the api checks tokens with. */
  get tokenSecret(): string {
    return tokenSecret;
  }

  /** Publishes to `domain.events` whatever it is, as one of the accounts; resolves when the broker has confirmed. */
  publishRaw(account: string, publications: readonly RawPublication[]): Promise<void> {
    return publishRaw(this.accounts.url(account), publications);
  }

  /** Calls the storefront: `call('POST', '/api/orders', …)`. */
  callStorefront(method: string, path: string, body?: unknown): Promise<HttpAnswer> {
    return httpCall(method, `http://127.0.0.1:${this.to.ports.storefront}${path}`, body);
  }

  /** Calls the api as an admin; `path` begins behind `/api/notifications`. */
  async callApi(method: string, path: string, body?: unknown): Promise<HttpAnswer> {
    const { origin, prefix, authorization } = await this.apiAccess();
    return httpCall(method, `${origin}${prefix}${path}`, body, { authorization });
  }

  /** What an admin needs to call the api over a client of its own. */
  async apiAccess(): Promise<{ readonly origin: string; readonly prefix: string; readonly authorization: string }> {
    const authorization = `Bearer ${await adminToken()}`;
    return { origin: `http://127.0.0.1:${this.to.ports.api}`, prefix: '/api/notifications', authorization };
  }

  /** Calls the api's webhook as the provider does, with its key. */
  callWebhook(body: unknown): Promise<HttpAnswer> {
    const url = `http://127.0.0.1:${this.to.ports.api}/api/notifications/webhooks/myoperator`;
    return httpCall('POST', url, body, { 'x-api-key': webhookKey });
  }

  /** Calls the admin side of the simulator, which answers during an outage too. */
  callSimulator(method: string, path: string, body?: unknown): Promise<HttpAnswer> {
    return httpCall(method, `http://127.0.0.1:${this.to.ports.simulatorAdmin}${path}`, body);
  }

  /** Every line of the simulator's journal so far. */
  journal(): Promise<readonly JournalLine[]> {
    return readSystemJournal(this.to.journalFile);
  }

  /** Writes what all processes wrote, and the journal, into a folder, and answers with its path. */
  async keepLogs(folder = join(tmpdir(), `earlybird-logs-${Date.now()}`)): Promise<string> {
    await mkdir(folder, { recursive: true });
    for (const { name, output } of this.processes)
      await writeFile(join(folder, `${name.replace(' ', '-')}.log`), `${output.join('\n')}\n`);
    const lines = (await this.journal()).map((line) => JSON.stringify(line));
    await writeFile(join(folder, 'journal.jsonl'), lines.join('\n'));
    return folder;
  }

  /** Ends every process, and removes virtual host, databases and files. The servers must answer. */
  async stop(): Promise<void> {
    await this.publishers.close();
    // Killed, because nothing of theirs is wanted any more; graceful stops have tests of their own.
    await Promise.all(this.processes.map((process) => process.kill()));
    await Promise.all([this.broker.close(), this.record.close()]);
    await this.accounts.remove();
    await Promise.all([this.vhost.remove(), ...this.databases.map((database) => database.drop())]);
    await rm(this.folder, { recursive: true, force: true });
  }
}

function existingDatabase({ mongoUrl }: SystemServers, name: string): TestDatabase {
  return { ...makeDatabase(mongoUrl, name), drop: async () => undefined };
}

/** The storefront takes the name of the database with `_storefront` behind it. */
function storefrontDatabase({ name }: TestDatabase, { mongoUrl }: SystemServers): TestDatabase {
  return makeDatabase(mongoUrl, `${name}_storefront`);
}

function adminToken(): Promise<string> {
  return new SignJWT({ roles: ['admin'] })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setSubject('test')
    .setIssuer('earlybird')
    .setAudience('earlybird-notifications')
    .setIssuedAt()
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(tokenSecret));
}
