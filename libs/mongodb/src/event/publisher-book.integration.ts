import { Road, eventually, guardLeaks, makeDatabase, testStart } from '@earlybird/testing';
import { collectionNames } from '../connection/collection-names.js';
import { MongoConnection } from '../connection/mongo-connection.js';
import { MongoPublisherBook } from './publisher-book.js';
import { type StoredPublisherCount } from './publisher-count.schema.js';

const database = makeDatabase();
let road: Road;
let connection: MongoConnection;

beforeAll(async () => {
  road = await Road.to(database.url);
  connection = new MongoConnection({ url: road.url });
  await connection.connect();
});

afterAll(async () => {
  await connection.close();
  await road.close();
  await database.drop();
});

const counts = () => connection.db.collection<StoredPublisherCount>(collectionNames.publisherCounts).find().toArray();
const acceptedBy = async (publisher: string) =>
  (await counts()).filter((one) => one.publisher === publisher).map(({ results }) => results['accepted']);

describe('the book of publishers', () => {
  it('writes by itself what was counted, within seconds', async () => {
    const book = new MongoPublisherBook(connection, { retentionDays: 400 });
    book.count('svc-order', 'order.created', 'accepted', testStart);
    await eventually(async () => (await acceptedBy('svc-order')).length > 0, { message: 'the count is stored' });
    await book.close();
  });

  it('writes what is left when it is closed', async () => {
    const book = new MongoPublisherBook(connection, { retentionDays: 400 });
    book.count('svc-delivery', 'delivery.delayed', 'accepted', testStart);
    await book.close();
    expect(await acceptedBy('svc-delivery')).toEqual([1]);
  });

  it('counts a thousand publishers and types apart, and all beyond as one', async () => {
    const book = new MongoPublisherBook(connection, { retentionDays: 400 });
    for (let index = 0; index < 1_200; index += 1) book.count(`who-${index}`, 'x', 'accepted', testStart);
    await book.close();
    expect(await acceptedBy('(others)')).toEqual([200]);
    expect((await counts()).filter(({ publisher }) => publisher.startsWith('who-'))).toHaveLength(1_000);
  });

  it('adds up what several workers count at once', async () => {
    const books = Array.from({ length: 4 }, () => new MongoPublisherBook(connection, { retentionDays: 400 }));
    for (const book of books) book.count('svc-billing', 'billing.bill_issued', 'accepted', testStart);
    await Promise.all(books.map((book) => book.close()));
    await Promise.all(books.map((book) => book.flush()));
    expect(await acceptedBy('svc-billing')).toEqual([4]);
  });

  it('keeps counting while the database is away, and loses nothing', async () => {
    const book = new MongoPublisherBook(connection, { retentionDays: 400 });
    await road.close();
    book.count('svc-late', 'order.created', 'accepted', testStart);
    await book.flush();
    book.count('svc-late', 'order.created', 'accepted', testStart);
    await road.open();
    await eventually(() => connection.isUp, { message: 'the database is back' });
    await eventually(async () => (await acceptedBy('svc-late'))[0] === 2, { message: 'both are stored' });
    await book.close();
  });
});

guardLeaks();
