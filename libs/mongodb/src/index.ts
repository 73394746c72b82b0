/** MongoDB: the connection, a store for every port of core, and the migrations. */
export { type MongoOptions } from './connection/client-options.js';
export { type CollectionName, collectionNames } from './connection/collection-names.js';
export { MongoConnection } from './connection/mongo-connection.js';
export { type TemplateSeed, seedTemplates } from './message/seed-templates.js';
export { type MigrateOptions, migrate } from './migration/migrate.js';
export { verify } from './migration/verify.js';
export { type MongoStores, type MongoStoresOptions, mongoStores } from './mongo-stores.js';
export { MongoParkedEventStore } from './event/parked-event.store.js';
export { MongoPublisherRecord } from './event/publisher-record.js';
export { MongoPublisherBook } from './event/publisher-book.js';
export { MongoTemplateStore } from './message/template.store.js';
export { MongoCommandDesk } from './command/command-desk.store.js';
export { MongoDutyRoster } from './duty/duty-roster.store.js';
export { MongoAuditLog } from './audit/audit-log.store.js';
export { MongoFailureLog } from './notification/failure-log.store.js';
export { MongoNotificationDesk } from './notification/notification-desk.store.js';
export { MongoNotificationHistory, type StatusCount } from './notification/notification-history.store.js';
/** For tools that fill a record in bulk; services go through the store. */
export { toStoredNotification } from './notification/notification.mapper.js';
export { MongoNotificationStore, type NotificationStoreOptions } from './notification/notification.store.js';
export { MongoWorkFigures, type StoredWorkFigures } from './notification/work-figures.store.js';
export { MongoProviderStateStore } from './provider/provider-state.store.js';
export { MongoOrphanList } from './receipt/orphan-list.store.js';
export { MongoReceiptStore } from './receipt/receipt.store.js';
export { MongoStatisticsBook } from './statistics/statistics-book.js';
export { MongoRecipientEraser } from './recipient/recipient-eraser.js';
export { MongoSettingsDesk } from './recipient/settings-desk.store.js';
export { MongoSettingsStore } from './recipient/settings.store.js';
