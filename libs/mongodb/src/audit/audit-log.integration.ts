import { auditLogContract, guardLeaks, makeDatabase } from '@earlybird/testing';
import { MongoConnection } from '../connection/mongo-connection.js';
import { migrate } from '../migration/migrate.js';
import { MongoAuditLog } from './audit-log.store.js';

auditLogContract('MongoDB', async () => {
  const database = makeDatabase();
  const connection = new MongoConnection({ url: database.url });
  await connection.connect();
  await migrate(connection, { seeds: [], print: () => undefined });
  return {
    audit: new MongoAuditLog(connection),
    close: async () => {
      await connection.close();
      await database.drop();
    },
  };
});

guardLeaks();
