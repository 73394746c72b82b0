import { type HistoryFilter, type HistoryPage, type Notification, messageTypeNames } from '@earlybird/core';
import { FakeClock, aNotification, after, guardLeaks, makeDatabase, memoryStores, testStart } from '@earlybird/testing';
import fc from 'fast-check';
import { MongoConnection } from '../connection/mongo-connection.js';
import { migrate } from '../migration/migrate.js';
import { MongoNotificationHistory } from './notification-history.store.js';
import { MongoNotificationStore } from './notification.store.js';

const minute = 60_000;
const database = makeDatabase();
const connection = new MongoConnection({ url: database.url });
const history = new MongoNotificationHistory(connection, new FakeClock());
const oracle = memoryStores();
let all: readonly Notification[] = [];

/** On both sides of every window's edge, from the future to 100 days ago, many at the same instant. */
const ages = [-10, 0, 1, 4, 5, 6, 60, 119, 120, 121, 2_000, 2_880, 2_881, 30_000, 69_120, 69_121, 144_000];

beforeAll(async () => {
  await connection.connect();
  await migrate(connection, { seeds: [], print: () => undefined });
  const store = new MongoNotificationStore(connection, { retentionDays: 4_000 });
  all = Array.from({ length: 150 }, (_, index) =>
    aNotification({
      createdAt: after(-(ages[index % ages.length] ?? 0) * minute),
      messageType: messageTypeNames[index % 3] ?? 'order_confirmation',
      status: index % 4 === 0 ? 'failed' : 'sent',
      lastAttemptNumber: index % 5 === 0 ? 3 : 1,
      requestedBy: `client-${index % 2}`,
      recipient: { phone: `+9198765432${String(index % 7).padStart(2, '0')}` },
    }),
  );
  await Promise.all(all.flatMap((one) => [store.create(one), oracle.notifications.create(one)]));
});

afterAll(async () => {
  await connection.close();
  await database.drop();
});

const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
const instant = fc.constantFrom(...ages).map((age) => after(-age * minute));

/** Absent fields absent. */
const given = <Parts extends object>(parts: Parts) =>
  Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) as Parts;

const filters = fc
  .record({
    messageType: optional(fc.constantFrom(...messageTypeNames.slice(0, 3))),
    status: optional(fc.constantFrom('failed', 'sent', 'retried')),
    requestedBy: optional(fc.constantFrom('client-0', 'client-1', 'client-2')),
    phone: optional(fc.constant('+919876543203')),
    from: optional(instant),
    to: optional(instant),
  })
  .map((parts) => given(parts) as HistoryFilter);

const pages = fc
  .record({
    limit: fc.constantFrom(1, 3, 20, 200),
    skip: optional(fc.constantFrom(0, 1, 7, 60, 500)),
    after: optional(fc.nat(149)),
  })
  .map(({ after: index, ...parts }): HistoryPage => {
    const place = index === undefined ? undefined : all[index];
    return given({ ...parts, after: place && { createdAt: place.createdAt, id: place.id } }) as HistoryPage;
  });

describe('a search, whatever windows of time it goes through', () => {
  it('finds what reading everything would find, in the same order', async () => {
    await fc.assert(
      fc.asyncProperty(filters, pages, async (filter, page) => {
        const ids = (found: readonly Notification[]) => found.map(({ id }) => id);
        expect(ids(await history.search(filter, page))).toEqual(ids(await oracle.history.search(filter, page)));
      }),
      { numRuns: 300, seed: 20_260_201 },
    );
  });

  it('compares values only, whatever a client sends in their place', async () => {
    const hostile = { $ne: null } as unknown as string;
    await expect(history.search({ requestedBy: hostile }, { limit: 5 })).rejects.toMatchObject({
      code: 'invariant_broken',
    });
  });
});

describe('the count by status', () => {
  it('tells how many stand in a status and since when the oldest exists', async () => {
    const failed = all.filter(({ status }) => status === 'failed');
    const oldestAt = new Date(Math.min(...failed.map(({ createdAt }) => createdAt.getTime())));
    expect(await history.countByStatus(['failed', 'queued'])).toEqual([
      { status: 'failed', count: failed.length, oldestAt },
    ]);
    expect(oldestAt < testStart).toBe(true);
  });
});

guardLeaks();
