import { guardLeaks, makeDatabase, settingsDeskContract } from '@earlybird/testing';
import { MongoConnection } from '../connection/mongo-connection.js';
import { migrate } from '../migration/migrate.js';
import { MongoSettingsDesk } from './settings-desk.store.js';
import { MongoSettingsStore } from './settings.store.js';

settingsDeskContract('MongoDB', async () => {
  const database = makeDatabase();
  const connection = new MongoConnection({ url: database.url });
  await connection.connect();
  await migrate(connection, { seeds: [], print: () => undefined });
  return {
    desk: new MongoSettingsDesk(connection),
    settings: new MongoSettingsStore(connection, { steadyMs: () => performance.now() }),
    close: async () => {
      await connection.close();
      await database.drop();
    },
  };
});

guardLeaks();
