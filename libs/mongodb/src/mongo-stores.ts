import { type Clock } from '@earlybird/core';
import { MongoParkedEventStore } from './event/parked-event.store.js';
import { MongoPublisherBook } from './event/publisher-book.js';
import { type MongoConnection } from './connection/mongo-connection.js';
import { MongoTemplateStore } from './message/template.store.js';
import { MongoAuditLog } from './audit/audit-log.store.js';
import { MongoFailureLog } from './notification/failure-log.store.js';
import { MongoNotificationDesk } from './notification/notification-desk.store.js';
import { MongoNotificationHistory } from './notification/notification-history.store.js';
import { MongoNotificationStore } from './notification/notification.store.js';
import { MongoReceiptStore } from './receipt/receipt.store.js';
import { MongoSettingsDesk } from './recipient/settings-desk.store.js';
import { MongoSettingsStore } from './recipient/settings.store.js';

/** Every port of core that MongoDB serves. */
export interface MongoStores {
  readonly notifications: MongoNotificationStore;
  readonly history: MongoNotificationHistory;
  readonly desk: MongoNotificationDesk;
  readonly failures: MongoFailureLog;
  readonly audit: MongoAuditLog;
  readonly receipts: MongoReceiptStore;
  readonly templates: MongoTemplateStore;
  readonly settings: MongoSettingsStore;
  readonly settingsDesk: MongoSettingsDesk;
  readonly parkedEvents: MongoParkedEventStore;
  readonly publisherBook: MongoPublisherBook;
  /** Writes what is still in memory. Before the connection is closed. */
  close(): Promise<void>;
}

/** What the stores need to know. */
export interface MongoStoresOptions {
  readonly clock: Pick<Clock, 'now'>;
  /** Days until notifications, parked events and figures are deleted; 400 when absent: a year, and the season to compare with. */
  readonly retentionDays?: number;
}

/** All stores on one connection; it need not be connected yet. */
export function mongoStores(
  connection: MongoConnection,
  { clock, retentionDays = 400 }: MongoStoresOptions,
): MongoStores {
  const publisherBook = new MongoPublisherBook(connection, { retentionDays });
  return {
    notifications: new MongoNotificationStore(connection, { retentionDays }),
    history: new MongoNotificationHistory(connection, clock),
    desk: new MongoNotificationDesk(connection),
    failures: new MongoFailureLog(connection),
    audit: new MongoAuditLog(connection),
    receipts: new MongoReceiptStore(connection),
    templates: new MongoTemplateStore(connection, clock),
    settings: new MongoSettingsStore(connection, clock),
    settingsDesk: new MongoSettingsDesk(connection),
    parkedEvents: new MongoParkedEventStore(connection, { retentionDays }),
    publisherBook,
    close: () => publisherBook.close(),
  };
}
