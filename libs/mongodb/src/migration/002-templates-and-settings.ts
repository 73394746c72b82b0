import { collectionNames } from '../connection/collection-names.js';
import { type Migration } from './migration.js';

/** Templates, and what is on record for persons and numbers (data.md). */
export const templatesAndSettingsMigration: Migration = {
  number: 2,
  name: 'templates, settings of persons and of numbers',
  collections: [
    {
      name: collectionNames.templates,
      indexes: [
        { name: 'version', key: { messageType: 1, language: 1, version: 1 }, unique: true },
        {
          name: 'published',
          key: { messageType: 1, language: 1 },
          unique: true,
          only: { state: 'published' },
        },
        { name: 'state', key: { state: 1, messageType: 1, language: 1 } },
        { name: 'yieldsTo', key: { yieldsTo: 1 }, only: { yieldsTo: { $exists: true } } },
      ],
    },
    {
      name: collectionNames.personSettings,
      indexes: [
        { name: 'userId', key: { userId: 1 }, unique: true, only: { userId: { $exists: true } } },
        { name: 'phone', key: { phone: 1 } },
      ],
    },
    { name: collectionNames.numberSettings, indexes: [{ name: 'phone', key: { phone: 1 }, unique: true }] },
  ],
};
