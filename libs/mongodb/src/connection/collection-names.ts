/** The collections of this service, by the names that the user gave them (data.md). */
export const collectionNames = {
  notifications: 'notifications_log',
  templates: 'notification_templates',
  personSettings: 'notification_settings',
  numberSettings: 'phone_settings',
  orphanedReceipts: 'receipts_orphaned',
  publisherCounts: 'publishers',
  parkedEvents: 'envelopes_parked',
  providerState: 'provider_state',
  commands: 'commands',
  duties: 'duties',
  replays: 'replays',
  audit: 'audit_log',
  statistics: 'statistics_daily',
  migrations: 'migrations',
} as const;

/** The name of one of them. */
export type CollectionName = (typeof collectionNames)[keyof typeof collectionNames];
