import { FakeClock, guardLeaks, makeDatabase, statisticsBookContract } from '@earlybird/testing';
import { MongoConnection } from '../connection/mongo-connection.js';
import { migrate } from '../migration/migrate.js';
import { mongoStores } from '../mongo-stores.js';

statisticsBookContract('MongoDB', async () => {
  const [database, clock] = [makeDatabase(), new FakeClock()];
  const connection = new MongoConnection({ url: database.url });
  await connection.connect();
  await migrate(connection, { seeds: [], print: () => undefined });
  // Longer than any notification of a test is old, so that the database's expiry never meets one.
  const stores = mongoStores(connection, { clock, retentionDays: 4_000 });
  return {
    ...stores,
    clock,
    close: async () => {
      await stores.close();
      await connection.close();
      await database.drop();
    },
  };
});

guardLeaks();
