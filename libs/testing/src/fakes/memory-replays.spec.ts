import { replayLogContract } from '../contracts/replay-log.contract.js';
import { replayStoreContract } from '../contracts/replay-store.contract.js';
import { MemoryLog } from './memory-log.js';
import { MemoryReplayLog } from './memory-replay-log.js';
import { MemoryReplays } from './memory-replays.js';
import { memoryStores } from './memory-stores.js';

const close = () => Promise.resolve();

replayStoreContract('the memory', () => Promise.resolve({ replays: new MemoryReplays(), close }));

replayLogContract('the memory', () => {
  const log = new MemoryLog();
  return Promise.resolve({
    replayLog: new MemoryReplayLog(log),
    notifications: memoryStores(log).notifications,
    close,
  });
});
