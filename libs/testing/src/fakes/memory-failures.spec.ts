import { failureLogContract } from '../contracts/failure-log.contract.js';
import { MemoryFailures } from './memory-failures.js';
import { MemoryLog } from './memory-log.js';
import { memoryStores } from './memory-stores.js';

failureLogContract('the memory', async () => {
  const log = new MemoryLog();
  return {
    failures: new MemoryFailures(log),
    notifications: memoryStores(log).notifications,
    close: async () => undefined,
  };
});
