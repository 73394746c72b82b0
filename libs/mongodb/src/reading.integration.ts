import { after, aReceipt, guardLeaks, makeDatabase } from '@earlybird/testing';
import { MongoConnection } from './connection/mongo-connection.js';
import { migrate } from './migration/migrate.js';
import { type MongoStores, mongoStores } from './mongo-stores.js';

const database = makeDatabase();
const connection = new MongoConnection({ url: database.url });
let stores: MongoStores;

beforeAll(async () => {
  await connection.connect();
  await migrate(connection, { seeds: [], print: () => undefined });
  // Longer than anything of a test is old, so that the database's expiry never meets it.
  stores = mongoStores(connection, { clock: { now: () => after(0), steadyMs: () => 0 }, retentionDays: 4_000 });
});

afterAll(async () => {
  await stores.close();
  await connection.close();
  await database.drop();
});

const dayMs = 86_400_000;

describe('the counts of publishers', () => {
  it('are summed by publisher and type, from a day on', async () => {
    const { publisherBook: book, publisherRecord: record } = stores;
    book.count('svc-order', 'order.created', 'accepted', after(0));
    book.count('svc-order', 'order.created', 'accepted', after(-dayMs));
    book.count('svc-order', 'order.created', 'invalid_data', after(-dayMs));
    book.count('svc-order', 'product.launched', 'duplicate', after(0));
    book.count('svc-billing', 'billing.bill_issued', 'accepted', after(-9 * dayMs));
    await book.flush();
    expect(await record.countSince('2026-01-31')).toEqual([
      { publisher: 'svc-order', eventType: 'order.created', results: { accepted: 2, invalid_data: 1 } },
      { publisher: 'svc-order', eventType: 'product.launched', results: { duplicate: 1 } },
    ]);
    expect(await record.countSince('2026-01-01')).toHaveLength(3);
    expect(await record.countSince('2026-02-02')).toEqual([]);
  });
});

describe('orphans', () => {
  it('are listed newest first, page by page, and by message id', async () => {
    const anHourAgo = Date.now() - 3_600_000;
    const receivedAt = (ms: number) => new Date(anHourAgo + ms);
    const receipts = [1, 2, 3].map((index) =>
      aReceipt({ providerMessageId: `orphan-${index}`, receivedAt: receivedAt(index), eventId: `evt-${index}` }),
    );
    for (const receipt of receipts) await stores.receipts.keepOrphan(receipt);
    const ids = async (query: Omit<Parameters<typeof stores.orphans.list>[0], 'limit'>, limit = 10) =>
      (await stores.orphans.list({ ...query, limit })).map(({ providerMessageId }) => providerMessageId);
    expect(await ids({})).toEqual(['orphan-3', 'orphan-2', 'orphan-1']);
    expect(await ids({}, 2)).toEqual(['orphan-3', 'orphan-2']);
    expect(await ids({ before: receivedAt(2) })).toEqual(['orphan-1']);
    expect(await ids({ providerMessageId: 'orphan-2' })).toEqual(['orphan-2']);
    expect((await stores.orphans.list({ providerMessageId: 'orphan-2', limit: 1 }))[0]).toStrictEqual(receipts[1]);
  });
});

guardLeaks();
