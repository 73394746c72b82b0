import { collectionNames } from '../connection/collection-names.js';
import { type Migration } from './migration.js';

/** What the api asked of the worker, and its answers (broker.md, `notifications.commands`). */
export const commandsMigration: Migration = {
  number: 4,
  name: 'commands to the worker',
  collections: [
    {
      // Found by its id only.
      name: collectionNames.commands,
      indexes: [{ name: 'expireAt', key: { expireAt: 1 }, expireAfterSeconds: 0 }],
    },
  ],
};
