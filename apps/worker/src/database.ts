import { MongoConnection, type MongoStores, migrate, mongoStores } from '@earlybird/mongodb';
import { seedTemplates } from '@earlybird/nunjucks';
import { type GracefulStop, type Health, type Log, type WorkerConfig, systemClock, waitFor } from '@earlybird/ops';
import { isLostInfrastructure } from '@earlybird/core';

/** The database of a worker: connected, migrated, with a store for every port. */
export interface Database {
  readonly connection: MongoConnection;
  readonly stores: MongoStores;
}

/** Waits for MongoDB, however long that takes, brings it into shape and keeps readiness and log told of its absence. */
export async function openDatabase(
  config: WorkerConfig,
  log: Log,
  health: Health,
  stop: GracefulStop,
): Promise<Database> {
  const connection = new MongoConnection({ url: config.mongodb.url, appName: 'worker' });
  const stores = mongoStores(connection, { clock: systemClock, retentionDays: config.retentionDays });
  const ready = health.addSwitch('mongodb');
  stop.onStop('database', async () => {
    await stores.close();
    await connection.close();
  });
  const isHopeless = (error: unknown) => !isLostInfrastructure(error);
  const waiting = { log, clock: systemClock, address: connection.address, isHopeless };
  await waitFor('MongoDB', () => connection.connect(), waiting);
  await migrate(connection, { seeds: seedTemplates(), print: (line) => tellStep(log, line) });
  await tellTemplates(stores, log);
  ready.up();
  watch(connection, log, ready);
  return { connection, stores };
}

/** Of a migration the log names the step; the single indexes are for the command line (`npm run migrate`). */
function tellStep(log: Log, line: string): void {
  if (line.startsWith('migration')) log.event('migration_applied', { step: line });
}

async function tellTemplates({ templates }: MongoStores, log: Log): Promise<void> {
  const published = (await templates.list()).filter(({ state }) => state === 'published');
  const unmapped = published.filter(({ providerTemplate }) => providerTemplate === undefined);
  log.event('templates_ready', { count: published.length });
  if (unmapped.length > 0) log.event('free_text', { count: unmapped.length });
}

function watch(connection: MongoConnection, log: Log, ready: { up(): void; down(reason: string): void }): void {
  let lostAt = 0;
  connection.onLost((cause) => {
    lostAt = Date.now();
    ready.down(cause.message);
    log.event('connection_lost', { server: 'MongoDB', reason: cause.message });
  });
  connection.onBack(() => {
    ready.up();
    log.event('connection_restored', { server: 'MongoDB', waitedMs: Date.now() - lostAt });
  });
}
