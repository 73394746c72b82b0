import { notificationsMigration } from './001-notifications.js';
import { templatesAndSettingsMigration } from './002-templates-and-settings.js';
import { auditAndStatisticsMigration } from './003-audit-and-statistics.js';
import { commandsMigration } from './004-commands.js';
import { replaysMigration } from './005-replays.js';
import { type Migration } from './migration.js';

/** Every migration, in the order of their numbers. A new shape is a new migration at the end; those that ran are never changed. */
export const migrations: readonly Migration[] = [
  notificationsMigration,
  templatesAndSettingsMigration,
  auditAndStatisticsMigration,
  commandsMigration,
  replaysMigration,
];
