import { jest } from '@jest/globals';
import type { DomainEvent } from '../domain-event.js';
import { InvalidEventError } from '../invalid-event-error.js';
import { PublishError } from '../publish/publish-error.js';
import { sampleEvent } from '../sample-event.js';
import { outboxEntry } from './outbox-entry.js';
import type { OutboxStore, PendingDocument, SettledEntries } from './outbox-store.js';
import { relayOutbox, type OutboxRelayOptions, type RelayReport } from './relay-outbox.js';

const at = new Date('2026-02-01T06:00:00Z');
const entries = (...ids: string[]) => ids.map((id) => outboxEntry(sampleEvent('order.created', { id, time: at }), at));

/** An outbox in memory; `lookups` counts the queries that a database would have had to answer. */
class MemoryOutbox implements OutboxStore {
  lookups = 0;
  readonly setAside: SettledEntries['refused'][number][] = [];
  constructor(public documents: PendingDocument[] = []) {}

  async *pending() {
    this.lookups += 1;
    for (const document of this.documents.filter((each) => each.entries.length > 0)) yield [document];
  }

  async settle(settled: readonly SettledEntries[]) {
    for (const { documentId, publishedIds, refused } of settled) {
      const gone = [...publishedIds, ...refused.map(({ id }) => id)];
      this.setAside.push(...refused);
      this.documents = this.documents.map((document) =>
        document.documentId === documentId
          ? { documentId, entries: document.entries.filter(({ id }) => !gone.includes(id)) }
          : document,
      );
    }
  }
}

/** A publisher that fails as told, and remembers what it was asked to publish. */
class ToldPublisher {
  readonly asked: string[] = [];
  state: 'connected' | 'connecting' = 'connected';
  connect: () => void = () => undefined;
  failure: (event: DomainEvent) => Error | undefined = () => undefined;

  whenConnected = (): Promise<boolean> =>
    new Promise((resolve) => {
      this.connect = () => {
        this.state = 'connected';
        resolve(true);
      };
    });

  publish = async (event: DomainEvent): Promise<void> => {
    this.asked.push(event.id);
    const failure = this.failure(event);
    if (failure !== undefined) throw failure;
  };
}

describe('the outbox relay', () => {
  let close: () => Promise<void> = async () => undefined;
  const start = (store: OutboxStore, publisher: ToldPublisher, options: Partial<OutboxRelayOptions> = {}) => {
    const passes: RelayReport[] = [];
    const relay = relayOutbox({ stores: [store], publisher, onPass: (pass) => passes.push(pass), ...options });
    close = () => relay.close();
    return { relay, passes };
  };
  const settle = () => jest.advanceTimersByTimeAsync(0);

  beforeEach(() => jest.useFakeTimers());
  afterEach(async () => {
    await close();
    expect(jest.getTimerCount()).toBe(0);
    jest.useRealTimers();
  });

  it('publishes at start what a former process left behind, in its order, and removes it', async () => {
    const store = new MemoryOutbox([
      { documentId: 'a', entries: entries('1', '2') },
      { documentId: 'b', entries: entries('3') },
    ]);
    const publisher = new ToldPublisher();
    const { passes } = start(store, publisher);
    await settle();
    expect(publisher.asked).toEqual(['1', '2', '3']);
    expect(store.documents.flatMap((document) => document.entries)).toEqual([]);
    expect(passes.map(({ published }) => published)).toEqual([3]);
  });

  it('looks when it is woken, and otherwise only at the backstop', async () => {
    const store = new MemoryOutbox();
    const { relay } = start(store, new ToldPublisher(), { backstopMs: 60_000 });
    await jest.advanceTimersByTimeAsync(59_999);
    expect(store.lookups).toBe(1);
    relay.wake();
    await settle();
    expect(store.lookups).toBe(2);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(store.lookups).toBe(3);
  });

  it('does not look at all while there is no connection, and goes on when there is one', async () => {
    const store = new MemoryOutbox([{ documentId: 'a', entries: entries('1') }]);
    const publisher = new ToldPublisher();
    publisher.state = 'connecting';
    const { relay } = start(store, publisher);
    relay.wake();
    await jest.advanceTimersByTimeAsync(600_000);
    expect(store.lookups).toBe(0);
    publisher.connect();
    await settle();
    expect(publisher.asked).toEqual(['1']);
  });

  it('keeps an entry until its confirm came, and does not let a later one of its document overtake it', async () => {
    const store = new MemoryOutbox([{ documentId: 'a', entries: entries('1', '2') }]);
    const publisher = new ToldPublisher();
    publisher.failure = ({ id }) => (id === '1' ? new PublishError('unconfirmed', '') : undefined);
    start(store, publisher, { retry: { firstMs: 500, longestMs: 5_000 } });
    await settle();
    expect(publisher.asked).toEqual(['1']);
    publisher.failure = () => undefined;
    await jest.advanceTimersByTimeAsync(500);
    expect(publisher.asked).toEqual(['1', '1', '2']);
  });

  it('tries what the broker refuses again in growing distances, however often it is woken', async () => {
    const store = new MemoryOutbox([{ documentId: 'a', entries: entries('1') }]);
    const publisher = new ToldPublisher();
    publisher.failure = () => new PublishError('refused', '');
    const { relay } = start(store, publisher, { retry: { firstMs: 500, longestMs: 2_000 } });
    const triesAfterMs = async (waitMs: number) => {
      relay.wake();
      await jest.advanceTimersByTimeAsync(waitMs);
      return publisher.asked.length;
    };
    expect([await triesAfterMs(0), await triesAfterMs(499), await triesAfterMs(1)]).toEqual([1, 1, 2]);
    expect([await triesAfterMs(999), await triesAfterMs(1)]).toEqual([2, 3]);
    expect([await triesAfterMs(2_000), await triesAfterMs(2_000)]).toEqual([4, 5]);
  });

  it('goes on with other documents when the broker refuses one event, and stops when it is gone', async () => {
    const documents = [
      { documentId: 'a', entries: entries('1') },
      { documentId: 'b', entries: entries('2') },
    ];
    const asked = async (failure: PublishError) => {
      const publisher = new ToldPublisher();
      publisher.failure = ({ id }) => (id === '1' ? failure : undefined);
      start(new MemoryOutbox(documents), publisher);
      await settle();
      await close();
      return publisher.asked;
    };
    expect(await asked(new PublishError('refused', ''))).toEqual(['1', '2']);
    expect(await asked(new PublishError('not_connected', ''))).toEqual(['1']);
  });

  it.each([new InvalidEventError('order.created', []), new PublishError('foreign_type', '')])(
    'sets aside what can never be published, and goes on ($code)',
    async (failure) => {
      const store = new MemoryOutbox([{ documentId: 'a', entries: entries('1', '2') }]);
      const publisher = new ToldPublisher();
      publisher.failure = ({ id }) => (id === '1' ? failure : undefined);
      const { passes } = start(store, publisher, { now: () => at });
      await settle();
      expect(store.setAside).toEqual([{ ...entries('1')[0], refusedAt: at, code: failure.code }]);
      expect(passes).toEqual([{ published: 1, refused: 1 }]);
    },
  );

  it('survives a database that is away', async () => {
    const store = new MemoryOutbox([{ documentId: 'a', entries: entries('1') }]);
    const database = jest.spyOn(store, 'settle').mockRejectedValue(new Error('database away'));
    const publisher = new ToldPublisher();
    const { passes } = start(store, publisher, { retry: { firstMs: 500, longestMs: 500 } });
    await settle();
    expect(passes).toEqual([{ published: 0, refused: 0, failure: new Error('database away') }]);
    database.mockRestore();
    await jest.advanceTimersByTimeAsync(500);
    expect(publisher.asked).toEqual(['1', '1']);
    expect(passes.at(-1)).toEqual({ published: 1, refused: 0 });
  });
});
