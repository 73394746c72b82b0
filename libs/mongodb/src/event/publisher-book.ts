import { type PublisherBook, type PublisherResult } from '@earlybird/core';
import { type Model, type mongo } from 'mongoose';
import { bulkResult } from '../connection/bulk-result.js';
import { collectionNames } from '../connection/collection-names.js';
import { type MongoConnection } from '../connection/mongo-connection.js';
import { type StoredPublisherCount, publisherCountSchema } from './publisher-count.schema.js';

/** Between two flushes, in milliseconds; what a crash may lose. */
const flushEveryMs = 1_000;
/** Sums in memory at most: publishers and types are few, but texts of a broken publisher are not. Beyond, they are one. */
const mostSums = 1_000;
/** What stands for publisher and type of everything beyond. */
const others = '(others)';
/** Names are cut at this length: they come from outside. */
const longestName = 100;

type Sum = Pick<StoredPublisherCount, '_id' | 'day' | 'publisher' | 'eventType' | 'expireAt'> & {
  readonly counts: Map<PublisherResult, number>;
};

/**
 * Daily counts per publisher in `publishers`: summed in memory, added to the database every second. While it is away the
 * sums stay and grow no further than a thousand. A crash loses the last second; a reply lost on the way may count a second twice.
 */
export class MongoPublisherBook implements PublisherBook {
  private readonly book: Model<StoredPublisherCount>;
  private sums = new Map<string, Sum>();
  private timer: NodeJS.Timeout | undefined;
  private closed = false;
  private flushing: Promise<void> = Promise.resolve();

  /** `retentionDays`: from the day counted to deletion. */
  constructor(
    private readonly connection: MongoConnection,
    private readonly options: { readonly retentionDays: number },
  ) {
    this.book = connection.model(collectionNames.publisherCounts, publisherCountSchema);
  }

  count(publisher: string, eventType: string, result: PublisherResult, at: Date): void {
    const { counts } = this.sumOf(publisher.slice(0, longestName), eventType.slice(0, longestName), at);
    counts.set(result, (counts.get(result) ?? 0) + 1);
    this.flushLater();
  }

  /** Adds what is summed up to the database. Never rejects: what cannot be written stays for the next time. */
  flush(): Promise<void> {
    this.flushing = this.flushing.then(() => this.write());
    return this.flushing;
  }

  /** Flushes a last time. */
  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.timer);
    await this.flush();
  }

  private flushLater(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      void this.flush();
    }, flushEveryMs).unref();
  }

  private async write(): Promise<void> {
    const sums = [...this.sums.values()];
    if (sums.length === 0) return;
    this.sums = new Map();
    try {
      const { failures } = await this.connection.run(`count in ${collectionNames.publisherCounts}`, () =>
        bulkResult(this.book.bulkWrite(sums.map(increment), { ordered: false })),
      );
      this.putBack(sums.filter((_, index) => failures.has(index)));
    } catch {
      // The connection has noticed the loss; counting goes on and what is summed up waits.
      this.putBack(sums);
    }
  }

  private putBack(sums: readonly Sum[]): void {
    for (const { publisher, eventType, day, counts } of sums) {
      const sum = this.sumOf(publisher, eventType, new Date(day));
      for (const [result, count] of counts) sum.counts.set(result, (sum.counts.get(result) ?? 0) + count);
    }
    if (sums.length > 0 && !this.closed) this.flushLater();
  }

  private sumOf(publisher: string, eventType: string, at: Date): Sum {
    const day = at.toISOString().slice(0, 10);
    const id = `${day}|${publisher}|${eventType}`;
    const known = this.sums.get(id);
    if (known !== undefined) return known;
    if (this.sums.size >= mostSums && publisher !== others) return this.sumOf(others, others, at);
    const expireAt = new Date(Date.parse(day) + this.options.retentionDays * 24 * 3_600_000);
    const sum: Sum = { _id: id, day, publisher, eventType, expireAt, counts: new Map() };
    this.sums.set(id, sum);
    return sum;
  }
}

function increment({
  _id,
  day,
  publisher,
  eventType,
  expireAt,
  counts,
}: Sum): mongo.AnyBulkWriteOperation<StoredPublisherCount> {
  const results = Object.fromEntries([...counts].map(([result, count]) => [`results.${result}`, count]));
  const update = { $inc: results, $setOnInsert: { day, publisher, eventType, expireAt } };
  return { updateOne: { filter: { _id }, update, upsert: true } };
}
