import type { AnyBulkWriteOperation, Collection } from 'mongodb';
import type { DocumentWithOutbox } from './outbox-entry.js';
import type { OutboxStore, PendingDocument, SettledEntries } from './outbox-store.js';

/** Documents per round trip: far below the confirms that may be outstanding, and few enough to lose little by a crash. */
const BATCH = 100;

/** The index that lists documents with something to publish, and only those. */
export const outboxIndex = {
  key: { 'outbox.recordedAt': 1 },
  name: 'outbox_pending',
  partialFilterExpression: { 'outbox.recordedAt': { $exists: true } },
} as const;

/** The outboxes in one collection. The collection needs `outboxIndex`. */
export const mongoOutbox = (documents: Collection<DocumentWithOutbox>): OutboxStore => ({
  async *pending() {
    const cursor = documents
      .find({ 'outbox.recordedAt': { $exists: true } }, { projection: { outbox: 1 }, batchSize: BATCH })
      .sort({ 'outbox.recordedAt': 1 });
    let batch: PendingDocument[] = [];
    for await (const { _id, outbox = [] } of cursor) {
      batch.push({ documentId: _id, entries: outbox });
      if (batch.length === BATCH) {
        yield batch;
        batch = [];
      }
    }
    if (batch.length > 0) yield batch;
  },
  async settle(settled) {
    if (settled.length > 0) await documents.bulkWrite(settled.map(toUpdate), { ordered: false });
  },
});

/** Pulls entries by id, so that one which was added meanwhile stays. */
const toUpdate = ({
  documentId,
  publishedIds,
  refused,
}: SettledEntries): AnyBulkWriteOperation<DocumentWithOutbox> => ({
  updateOne: {
    filter: { _id: documentId },
    update: {
      $pull: { outbox: { id: { $in: [...publishedIds, ...refused.map(({ id }) => id)] } } },
      ...(refused.length === 0 ? {} : { $push: { outboxRefused: { $each: [...refused] } } }),
    },
  },
});
