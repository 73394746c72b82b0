import { MongoConnection, type MongoStores, migrate, mongoStores } from '@earlybird/mongodb';
import { seedTemplates } from '@earlybird/nunjucks';
import {
  type GracefulStop,
  type Health,
  type Log,
  type WorkerConfig,
  systemClock,
  tellOfDatabase,
  tellOfMigration,
  waitFor,
} from '@earlybird/ops';
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
  await migrate(connection, { seeds: seedTemplates(), print: tellOfMigration(log) });
  await tellTemplates(stores, log);
  ready.up();
  tellOfDatabase(connection, log, ready);
  return { connection, stores };
}

async function tellTemplates({ templates }: MongoStores, log: Log): Promise<void> {
  const published = (await templates.list()).filter(({ state }) => state === 'published');
  const unmapped = published.filter(({ providerTemplate }) => providerTemplate === undefined);
  log.event('templates_ready', { count: published.length });
  if (unmapped.length > 0) log.event('free_text', { count: unmapped.length });
}
