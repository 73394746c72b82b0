import { appendFile, chmod, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { PlainError } from '../../plain-error.js';
import { type Instance, logFile, type Profile } from '../instance.js';
import { isRunning, type ProcessIdentity } from '../process-identity.js';
import { until } from '../until.js';
import { type ConfinedProgram, INSTANCE_MOUNT, runConfined, startConfined, tailOf } from './confined-process.js';
import { makeFoldersOf } from './root-user.js';

/** Recovery after a kill in the middle of a bench may take a while. */
const READY_WITHIN_MS = 60_000;

/** Data of another layout (extensions, encoding) cannot be used: tests begin anew, data that somebody keeps are not touched. */
const DATA_LAYOUT = '2';

/** Where PostgreSQL's socket lies, seen from the host. There is no TCP port: only the front talks to it. */
export function postgresqlSocketFolder(instance: Instance): string {
  return join(instance.folder, 'postgresql', 'run');
}

/**
 * Starts PostgreSQL with the DocumentDB engine on the instance's data, which it creates on the first call, without waiting for the
 * server.
 */
export async function spawnPostgresql(root: string, instance: Instance, profile: Profile): Promise<ProcessIdentity> {
  const folder = join(instance.folder, 'postgresql');
  await makeFoldersOf(root, 'postgres', instance.folder, [folder, join(folder, 'run')]);
  const programs = join('/usr/lib/postgresql', await newestMajor(root), 'bin');
  const data = `${INSTANCE_MOUNT}/postgresql/data`;
  const confined = (command: readonly string[]): ConfinedProgram => ({
    root,
    instanceFolder: instance.folder,
    user: 'postgres:postgres',
    command,
    env: { LANG: 'C.UTF-8', HOME: '/tmp' },
  });

  const layout = await readFile(join(folder, 'data', 'layout'), 'utf8').catch(() => undefined);
  if (layout !== DATA_LAYOUT) {
    if (layout !== undefined && profile === 'start') throw new PlainError(outdated(instance));
    await runConfined(confined(['rm', '-rf', data]));
    const initdb = [`${programs}/initdb`, '-A', 'trust', '--no-sync', '-E', 'UTF8', '--locale=C.UTF-8', '-D', data];
    await runConfined(confined(initdb));
    await appendFile(
      join(folder, 'data', 'postgresql.conf'),
      `include = '${INSTANCE_MOUNT}/postgresql/settings.conf'\n`,
    );
    // Last, so that its presence says that the data are whole.
    await writeFile(join(folder, 'data', 'layout'), DATA_LAYOUT);
  }
  await writeFile(join(folder, 'settings.conf'), settings(profile));
  await chmod(join(folder, 'settings.conf'), 0o644);

  return startConfined(confined([`${programs}/postgres`, '-D', data]), logFile(instance, 'postgresql'));
}

/**
 * Returns when the engine answers.
 * @throws PlainError with the end of its log when it ended or takes too long
 */
export async function postgresqlReady(instance: Instance, leader: ProcessIdentity): Promise<void> {
  const client = await connected(instance, leader);
  try {
    await client.query('CREATE EXTENSION IF NOT EXISTS documentdb CASCADE');
    await client.query('CREATE EXTENSION IF NOT EXISTS documentdb_extended_rum');
    // The front builds indexes itself; these two tasks would look for work every 2 s for ever.
    await client.query(`SELECT cron.unschedule(jobid) FROM cron.job WHERE jobname LIKE 'documentdb_index_build_task%'`);
  } finally {
    await client.end();
  }
}

function outdated(instance: Instance): string {
  return `The data in ${instance.folder} were made by an older version of this program. To delete them: npm run servers -- reset ${instance.name}`;
}

async function newestMajor(root: string): Promise<string> {
  const majors = await readdir(join(root, 'usr/lib/postgresql'));
  return String(Math.max(...majors.map(Number)));
}

/**
 * Tests do without fsync, which only a power cut would miss; what was confirmed survives a SIGKILL all the same, because a commit is
 * written to the system before it is confirmed. `local-servers.md` gives the other reasons; the socket replaces TCP so that nobody else of this machine gets in. Cursors in files need no
 * open transaction between two pages. The extended index handler gives rows in the order of an index; its planner and fresh
 * statistics make use of it, so that "newest 20" reads 20 rows as MongoDB does (266 ms without, 1.5 ms with, at 200,000 documents).
 */
function settings(profile: Profile): string {
  const socketFolder = `${INSTANCE_MOUNT}/postgresql/run`;
  const durable = profile === 'start' ? 'on' : 'off';
  return `
listen_addresses = ''
unix_socket_directories = '${socketFolder}'
max_connections = 200
shared_preload_libraries = 'pg_cron,pg_documentdb_core,pg_documentdb,pg_documentdb_extended_rum'
cron.database_name = 'postgres'
cron.use_background_workers = on
cron.log_run = off
documentdb.localhost_connection_string = 'host=${socketFolder}'
documentdb.alternate_index_handler_name = 'extended_rum'
documentdb.enableCompositeIndexPlanner = on
autovacuum_naptime = 5s
autovacuum_analyze_threshold = 200
default_statistics_target = 20
max_parallel_workers_per_gather = 0
jit = off
documentdb.useFileBasedPersistedCursors = on
documentdb.defaultCursorExpiryTimeLimitSeconds = 600
fsync = ${durable}
full_page_writes = ${durable}
synchronous_commit = on
log_min_error_statement = panic
`;
}

/** A client of the server as soon as it accepts one. */
async function connected(instance: Instance, leader: ProcessIdentity): Promise<pg.Client> {
  const log = logFile(instance, 'postgresql');
  const failure = async (): Promise<Error> =>
    new PlainError(`PostgreSQL did not come up; the end of ${log}:\n${await tailOf(log, 15)}`);
  return until(
    async () => {
      if (!(await isRunning(leader))) throw await failure();
      const client = new pg.Client({ host: postgresqlSocketFolder(instance), user: 'postgres', database: 'postgres' });
      client.on('error', () => undefined);
      return client.connect().then(
        () => client,
        () => undefined,
      );
    },
    READY_WITHIN_MS,
    failure,
  );
}
