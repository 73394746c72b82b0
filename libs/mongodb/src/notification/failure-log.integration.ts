import { failureLogContract, guardLeaks, makeDatabase } from '@earlybird/testing';
import { MongoConnection } from '../connection/mongo-connection.js';
import { migrate } from '../migration/migrate.js';
import { MongoFailureLog } from './failure-log.store.js';
import { MongoNotificationStore } from './notification.store.js';

/** Longer than any notification of a test is old, so that the database's expiry never meets one. */
const retentionDays = 4_000;

failureLogContract('MongoDB', async () => {
  const database = makeDatabase();
  const connection = new MongoConnection({ url: database.url });
  await connection.connect();
  await migrate(connection, { seeds: [], print: () => undefined });
  return {
    failures: new MongoFailureLog(connection),
    notifications: new MongoNotificationStore(connection, { retentionDays }),
    close: async () => {
      await connection.close();
      await database.drop();
    },
  };
});

guardLeaks();
