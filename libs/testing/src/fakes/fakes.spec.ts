import { after } from '../builders/instant.js';
import { dispatchQueueContract } from '../contracts/dispatch-queue.contract.js';
import { notificationHistoryContract } from '../contracts/notification-history.contract.js';
import { notificationStoreContract } from '../contracts/notification-store.contract.js';
import { parkedEventStoreContract } from '../contracts/parked-event-store.contract.js';
import { providerStateStoreContract } from '../contracts/provider-state-store.contract.js';
import { publisherBookContract } from '../contracts/publisher-book.contract.js';
import { receiptStoreContract } from '../contracts/receipt-store.contract.js';
import { rendererContract } from '../contracts/renderer.contract.js';
import { settingsStoreContract } from '../contracts/settings-store.contract.js';
import { templateLibraryContract } from '../contracts/template-library.contract.js';
import { templateStoreContract } from '../contracts/template-store.contract.js';
import { FakeClock } from './fake-clock.js';
import { MemoryDispatchQueue } from './memory-dispatch-queue.js';
import { MemoryParkedEvents } from './memory-parked-events.js';
import { MemoryProviderState } from './memory-provider-state.js';
import { MemoryPublisherBook } from './memory-publisher-book.js';
import { MemorySettings } from './memory-settings.js';
import { memoryStores } from './memory-stores.js';
import { MemoryTemplates } from './memory-templates.js';
import { plainRenderer } from './plain-renderer.js';

const close = async () => undefined;
const makeStores = async () => ({ ...memoryStores(), close });

notificationStoreContract('the memory', makeStores);
receiptStoreContract('the memory', makeStores);
notificationHistoryContract('the memory', makeStores);

templateStoreContract('the memory', async () => {
  const templates = new MemoryTemplates();
  return { templates, put: async (template) => templates.put(template), close };
});

templateLibraryContract('the memory', async () => ({ library: new MemoryTemplates(), close }));

rendererContract('the plain renderer', plainRenderer);

providerStateStoreContract('the memory', async () => {
  const state = new MemoryProviderState();
  return { one: state, other: state, close };
});

settingsStoreContract('the memory', async () => {
  const settings = new MemorySettings();
  return { settings, putPerson: async (person) => settings.putPerson(person), close };
});

parkedEventStoreContract('the memory', async () => {
  const parkedEvents = new MemoryParkedEvents();
  return { parkedEvents, all: async () => parkedEvents.all(), close };
});

publisherBookContract('the memory', async () => {
  const book = new MemoryPublisherBook();
  return { book, counts: async () => book.all(), close };
});

dispatchQueueContract('the memory', async () => {
  const clock = new FakeClock(after(0));
  const queue = new MemoryDispatchQueue(clock, 400);
  return {
    queue,
    retryDelayMs: 200,
    deferDelayMs: 400,
    take: async (lane) => queue.take(lane),
    parked: async () => queue.parked,
    now: () => clock.now(),
    pass: (ms) => clock.advance(ms),
    loseBroker: async () => {
      queue.lost = true;
    },
    close,
  };
});
