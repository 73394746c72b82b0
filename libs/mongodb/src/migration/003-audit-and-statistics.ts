import { collectionNames } from '../connection/collection-names.js';
import { type Migration } from './migration.js';

/** What admins did, and the figures of each day (data.md). */
export const auditAndStatisticsMigration: Migration = {
  number: 3,
  name: 'audit log, daily statistics',
  collections: [
    {
      name: collectionNames.audit,
      indexes: [
        { name: 'at', key: { at: -1 } },
        { name: 'action', key: { action: 1, at: -1 } },
        { name: 'by', key: { by: 1, at: -1 } },
      ],
    },
    {
      // The day is the id.
      name: collectionNames.statistics,
      indexes: [{ name: 'expireAt', key: { expireAt: 1 }, expireAfterSeconds: 0 }],
    },
  ],
};
