import { guardLeaks, makeDatabase, replayLogContract, replayStoreContract } from '@earlybird/testing';
import { collectionNames } from '../connection/collection-names.js';
import { MongoConnection } from '../connection/mongo-connection.js';
import { migrate } from '../migration/migrate.js';
import { type MongoStores, mongoStores } from '../mongo-stores.js';

const database = makeDatabase();
const connection = new MongoConnection({ url: database.url });
let stores: MongoStores;

beforeAll(async () => {
  await connection.connect();
  await migrate(connection, { seeds: [], print: () => undefined });
  // Longer than anything of a test is old, so that the database's expiry never meets it.
  stores = mongoStores(connection, {
    clock: { now: () => new Date(), steadyMs: () => performance.now() },
    retentionDays: 4_000,
  });
}, 60_000);

afterAll(async () => {
  await stores.close();
  await connection.close();
  await database.drop();
});

const close = () => Promise.resolve();

replayStoreContract('MongoDB', async () => {
  await connection.db.collection(collectionNames.replays).deleteMany({});
  return { replays: stores.replays, close };
});

replayLogContract('MongoDB', () =>
  Promise.resolve({ replayLog: stores.replayLog, notifications: stores.notifications, close }),
);

guardLeaks();
