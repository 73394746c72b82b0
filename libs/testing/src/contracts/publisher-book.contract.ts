import type { PublisherBook } from '@earlybird/core';
import { testStart } from '../builders/instant.js';
import type { PublisherCount } from '../fakes/memory-publisher-book.js';

/** A book of counts per publisher, and what it says of one day. */
export interface PublisherBookUnderTest {
  readonly book: PublisherBook;
  /** What was counted on the day of `testStart`, after everything in hand is written. */
  counts(): Promise<readonly PublisherCount[]>;
  close(): Promise<void>;
}

/** What every PublisherBook promises (events.md): counts by publisher, event type and result; counting never throws. */
export function publisherBookContract(name: string, makeBook: () => Promise<PublisherBookUnderTest>): void {
  describe(`${name} keeps the contract of the publisher book`, () => {
    let under: PublisherBookUnderTest;
    beforeAll(async () => {
      under = await makeBook();
    });
    afterAll(() => under.close());

    const counted = async (publisher: string) =>
      (await under.counts())
        .filter((count) => count.publisher === publisher)
        .map(({ eventType, result, count }) => `${eventType} ${result} ${count}`)
        .sort();

    it('counts by publisher, event type and result', async () => {
      for (let times = 0; times < 3; times += 1) under.book.count('svc-order', 'order.created', 'accepted', testStart);
      under.book.count('svc-order', 'order.created', 'duplicate', testStart);
      under.book.count('svc-order', 'product.launched', 'accepted', testStart);
      under.book.count('svc-billing', 'billing.bill_issued', 'invalid_data', testStart);
      expect(await counted('svc-order')).toEqual([
        'order.created accepted 3',
        'order.created duplicate 1',
        'product.launched accepted 1',
      ]);
      expect(await counted('svc-billing')).toEqual(['billing.bill_issued invalid_data 1']);
    });

    it('goes on counting after it was read', async () => {
      under.book.count('svc-delivery', 'delivery.delayed', 'late', testStart);
      await under.counts();
      under.book.count('svc-delivery', 'delivery.delayed', 'late', testStart);
      expect(await counted('svc-delivery')).toEqual(['delivery.delayed late 2']);
    });

    it('takes whatever an unreadable envelope calls its publisher and type', async () => {
      const type = 'a.$strange.type with spaces';
      under.book.count('$who?.', type, 'unknown_type', testStart);
      expect(await counted('$who?.')).toEqual([`${type} unknown_type 1`]);
    });
  });
}
