import {
  FakeClock,
  commandDeskContract,
  dutyRosterContract,
  guardLeaks,
  makeDatabase,
  notificationHistoryContract,
  notificationStoreContract,
  parkedEventStoreContract,
  providerStateStoreContract,
  publisherBookContract,
  receiptStoreContract,
  settingsStoreContract,
  templateLibraryContract,
  templateStoreContract,
  testStart,
} from '@earlybird/testing';
import { type PublisherResult } from '@earlybird/core';
import { collectionNames } from './connection/collection-names.js';
import { MongoConnection } from './connection/mongo-connection.js';
import { type StoredParkedEvent } from './event/parked-event.schema.js';
import { type StoredPublisherCount } from './event/publisher-count.schema.js';
import { toStoredTemplate } from './message/template.mapper.js';
import { migrate } from './migration/migrate.js';
import { MongoProviderStateStore } from './provider/provider-state.store.js';
import { type MongoStores, mongoStores } from './mongo-stores.js';

/** Longer than the oldest notification of any contract is old, so that the database's expiry never meets a test. */
const retentionDays = 4_000;

const database = makeDatabase();
const connection = new MongoConnection({ url: database.url });
const clock = new FakeClock();
let stores: MongoStores;

beforeAll(async () => {
  await connection.connect();
  await migrate(connection, { seeds: [], print: () => undefined });
  stores = mongoStores(connection, { clock, retentionDays });
});

afterAll(async () => {
  await stores.close();
  await connection.close();
  await database.drop();
});

const close = () => Promise.resolve();
const makeStores = () => Promise.resolve({ ...stores, close });

notificationStoreContract('MongoDB', makeStores);
notificationHistoryContract('MongoDB', makeStores);
receiptStoreContract('MongoDB', makeStores);

settingsStoreContract('MongoDB', () =>
  Promise.resolve({
    settings: stores.settings,
    putPerson: async (person) => {
      await connection.db.collection(collectionNames.personSettings).insertOne({ ...person });
    },
    close,
  }),
);

templateStoreContract('MongoDB', () =>
  Promise.resolve({
    templates: stores.templates,
    put: async (template) => {
      const templates = connection.collection<ReturnType<typeof toStoredTemplate>>(collectionNames.templates);
      await templates.insertOne(toStoredTemplate(template));
      // What is published may be 5 s old.
      await clock.advance(5_000);
    },
    close,
  }),
);

// Versions of its own: the template store's contract runs on the same database, before it.
templateLibraryContract('MongoDB', async () => {
  await connection.collection(collectionNames.templates).deleteMany({});
  const library = mongoStores(connection, { clock, retentionDays });
  return { library: library.templates, close: () => library.close() };
});

parkedEventStoreContract('MongoDB', () => {
  const parked = connection.collection<StoredParkedEvent>(collectionNames.parkedEvents);
  return Promise.resolve({
    parkedEvents: stores.parkedEvents,
    all: async () =>
      (await parked.find().toArray()).map(({ _id: id, expireAt: _expireAt, ...event }) => ({ id, ...event })),
    close,
  });
});

dutyRosterContract('MongoDB', () => Promise.resolve({ roster: stores.duties, close }));

commandDeskContract('MongoDB', () => Promise.resolve({ desk: stores.commandDesk, close }));

let senders = 0;
providerStateStoreContract('MongoDB', () => {
  senders += 1;
  const open = () => new MongoProviderStateStore(connection, `sender ${senders}`);
  return Promise.resolve({ one: open(), other: open(), close });
});

publisherBookContract('MongoDB', () => {
  const day = testStart.toISOString().slice(0, 10);
  const counts = connection.collection<StoredPublisherCount>(collectionNames.publisherCounts);
  return Promise.resolve({
    book: stores.publisherBook,
    counts: async () => {
      await stores.publisherBook.flush();
      return (await counts.find({ day }).toArray()).flatMap(({ publisher, eventType, results }) =>
        Object.entries(results).map(([result, count]) => ({
          publisher,
          eventType,
          result: result as PublisherResult,
          count,
        })),
      );
    },
    close,
  });
});

guardLeaks();
