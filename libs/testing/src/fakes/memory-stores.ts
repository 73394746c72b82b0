import { MemoryHistory } from './memory-history.js';
import { MemoryLog } from './memory-log.js';
import { MemoryNotifications } from './memory-notifications.js';
import { MemoryReceipts } from './memory-receipts.js';

/** The three ports that share `notifications_log`, on one memory. */
export function memoryStores(log: MemoryLog = new MemoryLog()) {
  return {
    notifications: new MemoryNotifications(log),
    receipts: new MemoryReceipts(log),
    history: new MemoryHistory(log),
  };
}
