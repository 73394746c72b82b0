import { type PublisherFigures, type PublisherRecord } from '@earlybird/core';
import { type mongo } from 'mongoose';
import { collectionNames } from '../connection/collection-names.js';
import { type MongoConnection } from '../connection/mongo-connection.js';
import { type StoredPublisherCount } from './publisher-count.schema.js';

/** The daily counts of `publishers`, summed. A year of ten publishers is a few thousand small documents. */
export class MongoPublisherRecord implements PublisherRecord {
  constructor(private readonly connection: MongoConnection) {}

  countSince(day: string): Promise<readonly PublisherFigures[]> {
    return this.connection.run(`read ${collectionNames.publisherCounts}`, async () => {
      const sums = new Map<string, PublisherFigures>();
      for await (const stored of this.counts.find({ day: { $gte: day } })) {
        const key = `${stored.publisher}\n${stored.eventType}`;
        sums.set(key, withCounts(sums.get(key), stored));
      }
      return [...sums.values()].sort(byName);
    });
  }

  private get counts(): mongo.Collection<StoredPublisherCount> {
    return this.connection.collection(collectionNames.publisherCounts);
  }
}

function withCounts(sum: PublisherFigures | undefined, stored: StoredPublisherCount): PublisherFigures {
  const { publisher, eventType } = stored;
  const results = { ...sum?.results };
  for (const [result, count] of Object.entries(stored.results)) results[result] = (results[result] ?? 0) + count;
  return { publisher, eventType, results };
}

function byName(left: PublisherFigures, right: PublisherFigures): number {
  return left.publisher.localeCompare(right.publisher) || left.eventType.localeCompare(right.eventType);
}
