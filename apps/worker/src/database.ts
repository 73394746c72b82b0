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
  await migrate(connection, {
    seeds: seedTemplates(),
    print: (line) => log.event('migration_applied', { step: line }),
  });
  ready.up();
  watch(connection, log, ready);
  return { connection, stores };
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
