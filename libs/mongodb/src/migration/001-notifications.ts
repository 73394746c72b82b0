import { collectionNames } from '../connection/collection-names.js';
import { type Migration, type WantedIndex } from './migration.js';

/** Newest first within whatever is asked for: the order of every list. */
const newestFirst = { createdAt: -1, _id: -1 } as const;

/** Equal values of an optional field, newest first; documents without the field are not in it. */
function optional(name: string, field: string): WantedIndex {
  return { name, key: { [field]: 1, ...newestFirst }, only: { [field]: { $exists: true } } };
}

/** The log of notifications, the receipts that wait for theirs, and the figures of publishers (data.md). */
export const notificationsMigration: Migration = {
  number: 1,
  name: 'notifications, orphaned receipts, parked events, publishers',
  collections: [
    {
      name: collectionNames.notifications,
      indexes: [
        { name: 'idempotencyKey', key: { idempotencyKey: 1 }, unique: true },
        {
          name: 'attempts.providerMessageId',
          key: { 'attempts.providerMessageId': 1 },
          unique: true,
          // Not partial: attempts without an id beside one that has it would all count as the same null.
          sparse: true,
        },
        { name: 'createdAt', key: newestFirst },
        { name: 'status', key: { status: 1, ...newestFirst } },
        { name: 'messageType', key: { messageType: 1, ...newestFirst } },
        optional('recipient.phone', 'recipient.phone'),
        optional('recipient.userId', 'recipient.userId'),
        optional('referenceId', 'referenceId'),
        { name: 'correlationId', key: { correlationId: 1, ...newestFirst } },
        optional('event.id', 'event.id'),
        optional('requestedBy', 'requestedBy'),
        {
          name: 'retried',
          key: { ...newestFirst, lastAttemptNumber: 1 },
          only: { lastAttemptNumber: { $gte: 2 } },
        },
        { name: 'wakeAt', key: { wakeAt: 1 }, only: { wakeAt: { $exists: true } } },
        { name: 'expireAt', key: { expireAt: 1 }, expireAfterSeconds: 0 },
      ],
    },
    {
      name: collectionNames.orphanedReceipts,
      indexes: [
        { name: 'providerMessageId', key: { providerMessageId: 1, at: 1 } },
        { name: 'expireAt', key: { expireAt: 1 }, expireAfterSeconds: 0 },
      ],
    },
    {
      name: collectionNames.parkedEvents,
      indexes: [
        { name: 'parkedAt', key: { parkedAt: -1, _id: -1 } },
        { name: 'expireAt', key: { expireAt: 1 }, expireAfterSeconds: 0 },
      ],
    },
    {
      name: collectionNames.publisherCounts,
      indexes: [
        { name: 'day', key: { day: -1, publisher: 1 } },
        { name: 'expireAt', key: { expireAt: 1 }, expireAfterSeconds: 0 },
      ],
    },
  ],
};
