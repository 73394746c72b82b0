import type { Notification, ParkedEvent } from '@earlybird/core';
import { BSON, type Collection, type Filter, MongoClient } from 'mongodb';

/** A notification as the database has it. */
export type RecordedNotification = Omit<Notification, 'id'> & { readonly _id: string };

/** An event set aside, as the database has it. */
export type RecordedParkedEvent = Omit<ParkedEvent, 'id'> & { readonly _id: string };

/** The database of a system, read behind the back of its processes. */
export class SystemRecord {
  private readonly client: MongoClient;

  constructor(url: string) {
    this.client = new MongoClient(url, { serverSelectionTimeoutMS: 5_000 });
  }

  /** Notifications that match, by `_id`. */
  notifications(filter: Filter<RecordedNotification> = {}): Promise<readonly RecordedNotification[]> {
    return this.collection<RecordedNotification>('notifications_log').find(filter).sort({ _id: 1 }).toArray();
  }

  /** The one notification of an event; undefined while there is none. Throws when there are several. */
  async notificationOf(eventId: string): Promise<RecordedNotification | undefined> {
    const found = await this.notifications({ 'event.id': eventId });
    if (found.length > 1) throw new Error(`the event ${eventId} has ${found.length} notifications`);
    return found[0];
  }

  /** Events that were set aside. */
  parkedEvents(): Promise<readonly RecordedParkedEvent[]> {
    return this.collection<RecordedParkedEvent>('envelopes_parked').find().toArray();
  }

  /** Any collection, by its name. */
  collection<Stored extends object>(name: string): Collection<Stored> {
    return this.client.db().collection<Stored>(name);
  }

  /** Every document of every collection, as text; by collection. */
  async dump(): Promise<ReadonlyMap<string, string>> {
    const database = this.client.db();
    const collections = await database.listCollections({}, { nameOnly: true }).toArray();
    const texts = collections.map(async ({ name }) => {
      const documents = await database.collection(name).find().toArray();
      return [name, documents.map((document) => BSON.EJSON.stringify(document)).join('\n')] as const;
    });
    return new Map(await Promise.all(texts));
  }

  close(): Promise<void> {
    return this.client.close();
  }
}
