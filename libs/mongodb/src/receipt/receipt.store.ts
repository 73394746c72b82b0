import { type Receipt, type ReceiptResult, type ReceiptStore, receiptKey, type Trail, trailOf } from '@earlybird/core';
import { type Model, type mongo } from 'mongoose';
import { collectionNames } from '../connection/collection-names.js';
import { isDuplicateKey } from '../connection/database-error.js';
import { type MongoConnection } from '../connection/mongo-connection.js';
import { Grouped } from '../group/grouped.js';
import { type StoredNotification } from '../notification/stored-notification.js';
import { type StoredOrphan, orphanedReceiptSchema } from './orphaned-receipt.schema.js';
import { match, receiptWrite } from './receipt-write.js';

/** How long an orphan waits for its message id, in milliseconds (data.md: 90 days). */
export const orphanLifeMs = 90 * 24 * 3_600_000;
/** An id that appears between the two looks is found by the second; more rounds than this nobody needs. */
const rounds = 3;

const trailFields = { correlationId: 1, traceparent: 1 } as const;

/** Receipts: applied in `notifications_log`, or kept in `receipts_orphaned` until their message id appears. */
export class MongoReceiptStore implements ReceiptStore {
  private readonly orphans: Model<StoredOrphan>;
  /** Every acceptance looks for orphans, and there are hardly ever any: those of the same moment look together. */
  private readonly searches = new Grouped((ids: readonly string[]) =>
    this.run('find orphans', collectionNames.orphanedReceipts, () => this.findOrphansOf(ids)),
  );

  constructor(private readonly connection: MongoConnection) {
    this.orphans = connection.model(collectionNames.orphanedReceipts, orphanedReceiptSchema);
  }

  apply(receipt: Receipt): Promise<ReceiptResult> {
    return this.run('apply receipt', collectionNames.notifications, async () => {
      const byId = await this.applyBy(receipt, 'message id');
      if (byId.kind !== 'unmatched' || receipt.reference === undefined) return byId;
      try {
        return await this.applyBy(receipt, 'reference');
      } catch (error) {
        // Meanwhile the message id was stored, so it leads to the notification after all.
        if (isDuplicateKey(error)) return this.applyBy(receipt, 'message id');
        throw error;
      }
    });
  }

  keepOrphan(receipt: Receipt): Promise<void> {
    return this.run('keep orphan', collectionNames.orphanedReceipts, async () => {
      const _id = receiptKey(receipt);
      const expireAt = new Date(receipt.receivedAt.getTime() + orphanLifeMs);
      try {
        await this.orphans.updateOne({ _id }, { $setOnInsert: { ...receipt, expireAt } }, { upsert: true });
      } catch (error) {
        // Two upserts at once: the other one has kept it.
        if (!isDuplicateKey(error)) throw error;
      }
    });
  }

  findOrphans(providerMessageId: string): Promise<readonly Receipt[]> {
    return this.searches.do(providerMessageId);
  }

  removeOrphan(receipt: Receipt): Promise<void> {
    return this.run('remove orphan', collectionNames.orphanedReceipts, async () => {
      await this.orphans.deleteOne({ _id: receiptKey(receipt) });
    });
  }

  private async findOrphansOf(ids: readonly string[]): Promise<readonly (readonly Receipt[])[]> {
    const kept = await this.connection
      .collection<StoredOrphan>(collectionNames.orphanedReceipts)
      .find({ providerMessageId: { $in: [...new Set(ids)] } })
      .sort({ at: 1, receivedAt: 1 })
      .toArray();
    return ids.map((id) =>
      kept
        .filter(({ providerMessageId }) => providerMessageId === id)
        .map(({ _id, expireAt: _expireAt, ...receipt }) => receipt),
    );
  }

  private async applyBy(receipt: Receipt, by: 'message id' | 'reference'): Promise<ReceiptResult> {
    const { filter, update } = receiptWrite(receipt, by);
    const key = receiptKey(receipt);
    for (let round = 1; round <= rounds; round += 1) {
      const applied = await this.log.findOneAndUpdate(filter, update, { projection: trailFields });
      if (applied !== null) return { kind: 'applied', ...trail(applied) };
      const known = await this.log.findOne(match(receipt, by), { projection: { ...trailFields, 'receipts.key': 1 } });
      if (known === null) return { kind: 'unmatched' };
      if (known.receipts.some((stored) => stored.key === key)) return { kind: 'duplicate', ...trail(known) };
    }
    return { kind: 'unmatched' };
  }

  private run<Result>(step: string, collection: string, work: () => Promise<Result>): Promise<Result> {
    return this.connection.run(`${step} on ${collection}`, work);
  }

  private get log(): mongo.Collection<StoredNotification> {
    return this.connection.collection(collectionNames.notifications);
  }
}

function trail({ _id: id, correlationId, traceparent }: StoredNotification): Trail {
  return trailOf({ id, correlationId, ...(traceparent === undefined ? {} : { traceparent }) });
}
