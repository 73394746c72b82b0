import { MemoryHistory } from './memory-history.js';
import { MemoryLog } from './memory-log.js';
import { MemoryNotifications } from './memory-notifications.js';
import { MemoryReceipts } from './memory-receipts.js';

/** The three ports that share `notifications_log`, on one memory; `receipts` where orphans are shared too. */
export function memoryStores(log: MemoryLog = new MemoryLog(), receipts: MemoryReceipts = new MemoryReceipts(log)) {
  return { notifications: new MemoryNotifications(log), receipts, history: new MemoryHistory(log) };
}
