import { isLostInfrastructure } from '@earlybird/core';
import { migrate, MongoConnection, type MongoStores, mongoStores } from '@earlybird/mongodb';
import { seedTemplates } from '@earlybird/nunjucks';
import {
  type ApiConfig,
  type GracefulStop,
  type Health,
  type Log,
  systemClock,
  tellOfDatabase,
  tellOfMigration,
  waitFor,
} from '@earlybird/ops';

/** The database of the api. Its stores answer `database_unavailable` until `reach` has resolved. */
export interface Database {
  readonly stores: MongoStores;
  /** Waits for MongoDB, however long that takes, and brings it into shape. */
  reach(): Promise<void>;
}

/** Makes the stores without connecting yet, and keeps readiness and log told of the database's absence. */
export function openDatabase(config: ApiConfig, log: Log, health: Health, stop: GracefulStop): Database {
  const connection = new MongoConnection({ url: config.mongodb.url, appName: 'api' });
  const stores = mongoStores(connection, { clock: systemClock, retentionDays: config.retentionDays });
  const ready = health.addSwitch('mongodb', `waiting for ${connection.address}`);
  stop.onStop('database', async () => {
    await stores.close();
    await connection.close();
  });
  return {
    stores,
    reach: async () => {
      const isHopeless = (error: unknown) => !isLostInfrastructure(error);
      const waiting = { log, clock: systemClock, address: connection.address, isHopeless };
      await waitFor('MongoDB', () => connection.connect(), waiting);
      await migrate(connection, { seeds: seedTemplates(), print: tellOfMigration(log) });
      ready.up();
      tellOfDatabase(connection, log, ready);
    },
  };
}
