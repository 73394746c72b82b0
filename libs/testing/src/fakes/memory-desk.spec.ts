import { notificationDeskContract } from '../contracts/notification-desk.contract.js';
import { MemoryDesk } from './memory-desk.js';
import { MemoryLog } from './memory-log.js';
import { memoryStores } from './memory-stores.js';

notificationDeskContract('the memory', async () => {
  const log = new MemoryLog();
  return { desk: new MemoryDesk(log), notifications: memoryStores(log).notifications, close: async () => undefined };
});
