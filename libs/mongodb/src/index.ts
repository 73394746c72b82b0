/** MongoDB: the connection, a store for every port of core, and the migrations. */
export { type MongoOptions } from './connection/client-options.js';
export { type CollectionName, collectionNames } from './connection/collection-names.js';
export { MongoConnection } from './connection/mongo-connection.js';
export { type TemplateSeed, seedTemplates } from './message/seed-templates.js';
export { type MigrateOptions, migrate } from './migration/migrate.js';
export { verify } from './migration/verify.js';
export { type MongoStores, type MongoStoresOptions, mongoStores } from './mongo-stores.js';
export { MongoParkedEventStore } from './event/parked-event.store.js';
export { MongoPublisherBook } from './event/publisher-book.js';
export { MongoTemplateStore } from './message/template.store.js';
export { MongoAuditLog } from './audit/audit-log.store.js';
export { MongoFailureLog } from './notification/failure-log.store.js';
export { MongoNotificationDesk } from './notification/notification-desk.store.js';
export { MongoNotificationHistory, type StatusCount } from './notification/notification-history.store.js';
export { MongoNotificationStore, type NotificationStoreOptions } from './notification/notification.store.js';
export { MongoProviderStateStore } from './provider/provider-state.store.js';
export { MongoReceiptStore } from './receipt/receipt.store.js';
export { MongoSettingsStore } from './recipient/settings.store.js';
