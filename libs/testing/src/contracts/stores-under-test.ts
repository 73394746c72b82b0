import type { NotificationHistory, NotificationStore, ReceiptStore } from '@earlybird/core';

/** The three ports that share `notifications_log`: contracts of one use the others to bring about what they judge. */
export interface StoresUnderTest {
  readonly notifications: NotificationStore;
  readonly receipts: ReceiptStore;
  readonly history: NotificationHistory;
  close(): Promise<void>;
}

/** Opens empty stores; called once per contract, before its first test. */
export type MakeStores = () => Promise<StoresUnderTest>;
