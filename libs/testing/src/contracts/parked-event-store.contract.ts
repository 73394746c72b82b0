import type { ParkedEvent, ParkedEventQuery, ParkedEventStore } from '@earlybird/core';
import { after } from '../builders/instant.js';

/** A record of parked events, and all of it. */
export interface ParkedEventStoreUnderTest {
  readonly parkedEvents: ParkedEventStore;
  all(): Promise<readonly ParkedEvent[]>;
  close(): Promise<void>;
}

/** What every ParkedEventStore promises (broker.md). */
export function parkedEventStoreContract(name: string, makeStore: () => Promise<ParkedEventStoreUnderTest>): void {
  describe(`${name} keeps the contract of the record of parked events`, () => {
    let store: ParkedEventStoreUnderTest;
    let made = 0;
    beforeAll(async () => {
      store = await makeStore();
    });
    afterAll(() => store.close());

    const aParkedEvent = (parts: Partial<ParkedEvent> = {}): ParkedEvent => ({
      id: `digest-${(made += 1)}`,
      reason: 'unreadable',
      detail: 'the body is no JSON in UTF-8',
      publisher: 'svc-order',
      routingKey: 'order.created',
      body: Buffer.from([0xff, 0x00, 0x7b]).toString('base64'),
      parkedAt: after(0),
      ...parts,
    });
    const replayed = { by: 'asha', at: after(1_000), how: 'replayed' } as const;
    const stored = async (id: string) => (await store.all()).filter((parked) => parked.id === id);

    it('keeps an envelope exactly as it came, absent fields absent', async () => {
      const bare = aParkedEvent();
      const full = aParkedEvent({ eventId: 'evt', correlationId: 'cor', contentType: 'text/plain', reason: 'poison' });
      await store.parkedEvents.record(bare);
      await store.parkedEvents.record(full);
      expect(await stored(bare.id)).toStrictEqual([bare]);
      expect(await stored(full.id)).toStrictEqual([full]);
    });

    it('holds the largest body', async () => {
      const large = aParkedEvent({ body: Buffer.alloc(256 * 1024, 'x').toString('base64') });
      await store.parkedEvents.record(large);
      expect(await stored(large.id)).toStrictEqual([large]);
    });

    it('is one record however often the same envelope is parked, also at once', async () => {
      const parked = aParkedEvent();
      await Promise.all(Array.from({ length: 20 }, () => store.parkedEvents.record(parked)));
      await store.parkedEvents.record({ ...parked, parkedAt: after(5_000) });
      expect(await stored(parked.id)).toStrictEqual([{ ...parked, parkedAt: after(5_000) }]);
    });

    it('is open again when a settled envelope is parked again', async () => {
      const parked = aParkedEvent();
      await store.parkedEvents.record(parked);
      await store.parkedEvents.settle(parked.id, parked.parkedAt, replayed);
      expect((await stored(parked.id))[0]).toHaveProperty('settled');
      await store.parkedEvents.record({ ...parked, parkedAt: after(5_000) });
      expect(await stored(parked.id)).toStrictEqual([{ ...parked, parkedAt: after(5_000) }]);
    });

    it('notes once what a person did, and not any more when it was parked again meanwhile', async () => {
      const parked = aParkedEvent();
      await store.parkedEvents.record(parked);
      expect(await store.parkedEvents.settle(parked.id, after(-1), replayed)).toBe(false);
      const settling = Array.from({ length: 10 }, () =>
        store.parkedEvents.settle(parked.id, parked.parkedAt, replayed),
      );
      expect((await Promise.all(settling)).filter(Boolean)).toHaveLength(1);
      expect(await store.parkedEvents.findAll([parked.id])).toStrictEqual([{ ...parked, settled: replayed }]);
      expect(await store.parkedEvents.settle('digest-nobody', parked.parkedAt, replayed)).toBe(false);
    });

    it('forgets the body of what is purged', async () => {
      const parked = aParkedEvent();
      await store.parkedEvents.record(parked);
      const purged = { ...replayed, how: 'purged' } as const;
      await store.parkedEvents.settle(parked.id, parked.parkedAt, purged);
      expect(await stored(parked.id)).toStrictEqual([{ ...parked, body: '', settled: purged }]);
    });

    it('lists what is open or settled, newest first, by reason and publisher, page by page', async () => {
      const publisher = 'svc-listed';
      const parked = [1, 3, 2, 2].map((minute, index) =>
        aParkedEvent({ publisher, parkedAt: after(minute), ...(index === 0 && { reason: 'poison' }) }),
      );
      for (const one of parked) await store.parkedEvents.record(one);
      const [first, newest, third, fourth] = parked.map(({ id }) => id);
      const list = async (query: Partial<ParkedEventQuery> = {}) => {
        const found = await store.parkedEvents.list({ settled: false, publisher, limit: 10, ...query });
        return found.map(({ id }) => id);
      };
      const ordered = [newest, ...[third, fourth].sort().reverse(), first];
      expect(await list()).toEqual(ordered);
      expect(await list({ reason: 'poison' })).toEqual([first]);
      const paged: string[] = [];
      for (let page = await list({ limit: 1 }); page.length > 0;) {
        paged.push(...page);
        const last = parked.find(({ id }) => id === page[0]);
        page = await list({ limit: 1, ...(last !== undefined && { after: last }) });
      }
      expect(paged).toEqual(ordered);
      await store.parkedEvents.settle(newest ?? '', after(3), replayed);
      expect([await list(), await list({ settled: true })]).toEqual([ordered.slice(1), [newest]]);
      expect(await list({ publisher: 'svc-nobody' })).toEqual([]);
    });
  });
}
