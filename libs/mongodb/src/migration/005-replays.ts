import { collectionNames } from '../connection/collection-names.js';
import { type Migration, type WantedIndex } from './migration.js';

/** What ever came to a status, the oldest first: 2 of 100 notifications, whatever became of them since. */
function onceIn(status: 'failed' | 'unknown'): WantedIndex {
  const field = `statusTimes.${status}`;
  return { name: field, key: { createdAt: 1, _id: 1, [field]: 1 }, only: { [field]: { $exists: true } } };
}

/** Replays, what they choose from, and what they made (data.md). */
export const replaysMigration: Migration = {
  number: 5,
  name: 'replays',
  collections: [
    {
      name: collectionNames.replays,
      indexes: [
        {
          name: 'idempotencyKey',
          key: { idempotencyKey: 1 },
          unique: true,
          only: { idempotencyKey: { $exists: true } },
        },
        { name: 'state', key: { state: 1, _id: -1 } },
        { name: 'filter.phone', key: { 'filter.phone': 1 }, only: { 'filter.phone': { $exists: true } } },
        { name: 'expireAt', key: { expireAt: 1 }, expireAfterSeconds: 0 },
      ],
    },
    {
      name: collectionNames.notifications,
      indexes: [
        onceIn('failed'),
        onceIn('unknown'),
        {
          name: 'replay',
          key: { replay: 1, status: 1, createdAt: -1 },
          only: { replay: { $exists: true } },
        },
      ],
    },
  ],
};
