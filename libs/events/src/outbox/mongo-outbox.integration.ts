import { randomUUID } from 'node:crypto';
import { guardLeaks, makeDatabase } from '@earlybird/testing';
import { type Collection, MongoClient } from 'mongodb';
import { sampleEvent } from '../sample-event.js';
import { mongoOutbox, outboxIndex } from './mongo-outbox.js';
import { type DocumentWithOutbox, outboxEntry, type RefusedEntry } from './outbox-entry.js';
import type { PendingDocument } from './outbox-store.js';

const base = new Date('2026-02-01T06:00:00Z').getTime();
const entry = (id: string, afterMs = 0) =>
  outboxEntry(sampleEvent('order.created', { id, time: new Date(base) }), new Date(base + afterMs));

describe('outboxes in MongoDB', () => {
  const database = makeDatabase();
  const client = new MongoClient(database.url);
  const db = client.db();
  let documents: Collection<DocumentWithOutbox>;

  beforeEach(async () => {
    documents = db.collection(`orders_${randomUUID().slice(0, 8)}`);
    await documents.createIndexes([outboxIndex]);
  });
  afterAll(async () => {
    await client.close();
    await database.drop();
  });

  const pending = async (): Promise<PendingDocument[]> => {
    const found: PendingDocument[] = [];
    for await (const batch of mongoOutbox(documents).pending()) found.push(...batch);
    return found;
  };

  it('lists only documents with something to publish, oldest first, in batches', async () => {
    const waiting = Array.from({ length: 250 }, (_, n) => ({ _id: `w${n}`, outbox: [entry(`e${n}`, 250 - n)] }));
    await documents.insertMany([{ _id: 'none' }, { _id: 'empty', outbox: [] }, ...waiting]);
    const found = await pending();
    expect(found.map(({ documentId }) => documentId)).toEqual(waiting.map(({ _id }) => _id).reverse());
    const sizes: number[] = [];
    for await (const batch of mongoOutbox(documents).pending()) sizes.push(batch.length);
    expect(sizes).toEqual([100, 100, 50]);
  });

  it('gives back the event as it was stored', async () => {
    await documents.insertOne({ _id: 'a', outbox: [entry('1'), entry('2', 1)] });
    expect(await pending()).toEqual([{ documentId: 'a', entries: [entry('1'), entry('2', 1)] }]);
  });

  it('removes what was published, and keeps what was added meanwhile', async () => {
    await documents.insertOne({ _id: 'a', outbox: [entry('1')] });
    await documents.updateOne({ _id: 'a' }, { $push: { outbox: entry('2') } });
    await mongoOutbox(documents).settle([{ documentId: 'a', publishedIds: ['1'], refused: [] }]);
    expect(await documents.findOne({ _id: 'a' })).toEqual({ _id: 'a', outbox: [entry('2')] });
  });

  it('can be told twice what was published', async () => {
    await documents.insertOne({ _id: 'a', outbox: [entry('1')] });
    for (let n = 0; n < 2; n += 1) {
      await mongoOutbox(documents).settle([{ documentId: 'a', publishedIds: ['1'], refused: [] }]);
    }
    expect(await documents.findOne({ _id: 'a' })).toEqual({ _id: 'a', outbox: [] });
  });

  it('sets aside what can never be published, out of the list', async () => {
    const refused: RefusedEntry = { ...entry('1'), refusedAt: new Date(base), code: 'invalid_event' };
    await documents.insertOne({ _id: 'a', outbox: [entry('1'), entry('2')] });
    await mongoOutbox(documents).settle([{ documentId: 'a', publishedIds: ['2'], refused: [refused] }]);
    expect(await pending()).toEqual([]);
    expect(await documents.findOne({ _id: 'a' })).toEqual({ _id: 'a', outbox: [], outboxRefused: [refused] });
  });
});

guardLeaks();
