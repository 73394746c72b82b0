import { statisticsBookContract } from '../contracts/statistics-book.contract.js';
import { FakeClock } from './fake-clock.js';
import { MemoryLog } from './memory-log.js';
import { MemoryStatistics } from './memory-statistics.js';
import { memoryStores } from './memory-stores.js';

statisticsBookContract('the memory', async () => {
  const [log, clock] = [new MemoryLog(), new FakeClock()];
  const { notifications, receipts } = memoryStores(log);
  return { statistics: new MemoryStatistics(log, clock), notifications, receipts, clock, close: async () => undefined };
});
