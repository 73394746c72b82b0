import type { ParkedEvent, ParkedEventStore } from '@earlybird/core';
import { after } from '../builders/instant.js';

/** A record of parked events, and what the admin's side of it does. */
export interface ParkedEventStoreUnderTest {
  readonly parkedEvents: ParkedEventStore;
  all(): Promise<readonly ParkedEvent[]>;
  settle(id: string, settled: NonNullable<ParkedEvent['settled']>): Promise<void>;
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
      await store.settle(parked.id, { by: 'admin', at: after(1_000), how: 'replayed' });
      expect((await stored(parked.id))[0]).toHaveProperty('settled');
      await store.parkedEvents.record({ ...parked, parkedAt: after(5_000) });
      expect(await stored(parked.id)).toStrictEqual([{ ...parked, parkedAt: after(5_000) }]);
    });
  });
}
