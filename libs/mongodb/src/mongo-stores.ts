import { type Clock, type NotificationDesk, type NotificationStore, type ReceiptStore } from '@earlybird/core';
import { MongoCommandDesk } from './command/command-desk.store.js';
import { MongoDutyRoster } from './duty/duty-roster.store.js';
import { MongoParkedEventStore } from './event/parked-event.store.js';
import { MongoPublisherBook } from './event/publisher-book.js';
import { MongoPublisherRecord } from './event/publisher-record.js';
import { type MongoConnection } from './connection/mongo-connection.js';
import { MongoTemplateStore } from './message/template.store.js';
import { MongoAuditLog } from './audit/audit-log.store.js';
import { MongoFailureLog } from './notification/failure-log.store.js';
import { MongoNotificationDesk } from './notification/notification-desk.store.js';
import { MongoNotificationHistory } from './notification/notification-history.store.js';
import { MongoNotificationStore } from './notification/notification.store.js';
import { MongoOrphanList } from './receipt/orphan-list.store.js';
import { MongoReceiptStore } from './receipt/receipt.store.js';
import { MongoRecipientEraser } from './recipient/recipient-eraser.js';
import { MongoSettingsDesk } from './recipient/settings-desk.store.js';
import { MongoSettingsStore } from './recipient/settings.store.js';
import { MongoReplayLog } from './replay/replay-log.store.js';
import { MongoReplayStore } from './replay/replay.store.js';
import { DayMarks } from './statistics/day-marks.js';
import { markingDesk, markingNotifications, markingReceipts } from './statistics/marking-stores.js';
import { MongoStatisticsBook } from './statistics/statistics-book.js';

/** Every port of core that MongoDB serves. */
export interface MongoStores {
  /** Marks the days whose figures it changes, as desk and receipts do. */
  readonly notifications: NotificationStore;
  readonly history: MongoNotificationHistory;
  readonly desk: NotificationDesk;
  readonly failures: MongoFailureLog;
  readonly replays: MongoReplayStore;
  readonly replayLog: MongoReplayLog;
  readonly audit: MongoAuditLog;
  readonly commandDesk: MongoCommandDesk;
  readonly duties: MongoDutyRoster;
  readonly statistics: MongoStatisticsBook;
  readonly receipts: ReceiptStore;
  readonly templates: MongoTemplateStore;
  readonly settings: MongoSettingsStore;
  readonly settingsDesk: MongoSettingsDesk;
  readonly eraser: MongoRecipientEraser;
  readonly parkedEvents: MongoParkedEventStore;
  readonly publisherBook: MongoPublisherBook;
  readonly publisherRecord: MongoPublisherRecord;
  readonly orphans: MongoOrphanList;
  /** Writes what is still in memory. Before the connection is closed. */
  close(): Promise<void>;
}

/** What the stores need to know. */
export interface MongoStoresOptions {
  readonly clock: Pick<Clock, 'now' | 'steadyMs'>;
  /** Days until notifications, parked events and figures are deleted. */
  readonly retentionDays: number;
}

/** All stores on one connection; it need not be connected yet. */
export function mongoStores(connection: MongoConnection, { clock, retentionDays }: MongoStoresOptions): MongoStores {
  const marks = new DayMarks(connection, { clock, retentionDays });
  const publisherBook = new MongoPublisherBook(connection, { retentionDays });
  return {
    notifications: markingNotifications(new MongoNotificationStore(connection, { retentionDays }), marks),
    history: new MongoNotificationHistory(connection, clock),
    desk: markingDesk(new MongoNotificationDesk(connection), marks),
    failures: new MongoFailureLog(connection),
    replays: new MongoReplayStore(connection, { retentionDays }),
    replayLog: new MongoReplayLog(connection),
    audit: new MongoAuditLog(connection),
    commandDesk: new MongoCommandDesk(connection),
    duties: new MongoDutyRoster(connection),
    statistics: new MongoStatisticsBook(connection, { clock, retentionDays }),
    receipts: markingReceipts(new MongoReceiptStore(connection), marks),
    templates: new MongoTemplateStore(connection, clock),
    settings: new MongoSettingsStore(connection, clock),
    settingsDesk: new MongoSettingsDesk(connection),
    eraser: new MongoRecipientEraser(connection),
    parkedEvents: new MongoParkedEventStore(connection, { retentionDays }),
    publisherBook,
    publisherRecord: new MongoPublisherRecord(connection),
    orphans: new MongoOrphanList(connection),
    close: () => publisherBook.close(),
  };
}
