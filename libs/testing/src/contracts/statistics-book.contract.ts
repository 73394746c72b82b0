import {
  newId,
  type Notification,
  type NotificationStore,
  type ReceiptStore,
  type StatisticsBook,
} from '@earlybird/core';
import { aNotification } from '../builders/a-notification.js';
import { aReceipt } from '../builders/a-receipt.js';
import { after } from '../builders/instant.js';
import type { FakeClock } from '../fakes/fake-clock.js';

/** A statistics book that sees what the stores of `notifications_log` write, on the clock of the test. */
export interface StatisticsBookUnderTest {
  readonly statistics: StatisticsBook;
  readonly notifications: NotificationStore;
  readonly receipts: ReceiptStore;
  readonly clock: FakeClock;
  close(): Promise<void>;
}

const hour = 3_600_000;
const day = 24 * hour;
/** Figures are at most so old. */
const staleMs = 60_000;

/** What every StatisticsBook promises (data.md, statistics). */
export function statisticsBookContract(name: string, make: () => Promise<StatisticsBookUnderTest>): void {
  describe(`${name} keeps the contract of the statistics book`, () => {
    let under: StatisticsBookUnderTest;
    beforeEach(async () => (under = await make()));
    afterEach(() => under.close());

    const created = async (createdAt: Date, parts: Partial<Notification> = {}) => {
      const notification = aNotification({ id: newId('msg', createdAt), createdAt, status: 'queued', ...parts });
      await under.notifications.create(notification);
      return notification.id;
    };
    const counts = async (from: Date) => {
      const { days } = await under.statistics.countSince(from);
      return days.map((one) => [one.day, one.byType]);
    };
    const laterBy = (ms: number) => under.clock.advance(ms);

    it('knows nothing of nothing', async () => {
      expect(await counts(after(-30 * day))).toEqual([]);
    });

    it('counts by day of Asia/Kolkata, type and status', async () => {
      // The clock of the test stands at 10:30 of 1 February in Asia/Kolkata.
      await created(after(-2 * hour));
      await created(after(-2 * hour), { status: 'suppressed' });
      await created(after(-2 * hour), { messageType: 'new_product' });
      await created(after(-11 * hour));
      expect(await counts(after(-7 * day))).toEqual([
        ['2026-01-31', { order_confirmation: { queued: 1 } }],
        ['2026-02-01', { order_confirmation: { queued: 1, suppressed: 1 }, new_product: { queued: 1 } }],
      ]);
    });

    it('begins at the very moment asked for, in the middle of a day', async () => {
      await created(after(-3 * hour));
      const id = await created(after(-1 * hour));
      expect(await counts(after(-2 * hour))).toEqual([['2026-02-01', { order_confirmation: { queued: 1 } }]]);
      await under.notifications.changeStatus({ id, from: ['queued'], to: 'cancelled', at: after(0) });
      await laterBy(staleMs);
      expect(await counts(after(-2 * hour))).toEqual([['2026-02-01', { order_confirmation: { cancelled: 1 } }]]);
    });

    it('follows every change of status, also of days long past', async () => {
      const [old, young] = [await created(after(-20 * day)), await created(after(-1 * hour))];
      expect(await counts(after(-30 * day))).toHaveLength(2);
      await laterBy(10 * 60_000);
      await under.notifications.startAttempt({
        id: old,
        number: 1,
        startedAt: after(0),
        leaseUntil: after(1_000),
        worker: 'w',
        onUnknown: 'hold',
        text: 'Hello',
        templateVersion: 1,
        wakeAt: after(2_000),
      });
      await under.notifications.finishAttempt({
        id: old,
        number: 1,
        status: 'sent',
        result: {
          finishedAt: after(1),
          outcome: 'accepted',
          counted: true,
          durationMs: 1,
          providerMessageId: `statistics ${old}`,
        },
      });
      await under.notifications.changeStatus({ id: young, from: ['queued'], to: 'expired', at: after(1) });
      await laterBy(staleMs);
      expect(await counts(after(-30 * day))).toEqual([
        ['2026-01-12', { order_confirmation: { sent: 1 } }],
        ['2026-02-01', { order_confirmation: { expired: 1 } }],
      ]);
      await laterBy(10 * 60_000);
      await under.receipts.apply(aReceipt({ providerMessageId: `statistics ${old}`, status: 'read' }));
      await laterBy(staleMs);
      expect((await counts(after(-30 * day)))[0]).toEqual(['2026-01-12', { order_confirmation: { read: 1 } }]);
    });

    it('follows changes that come while it counts', async () => {
      const ids = await Promise.all(Array.from({ length: 30 }, () => created(after(-3 * day))));
      const changes = ids.map(async (id) => {
        await under.statistics.countSince(after(-7 * day));
        await under.notifications.changeStatus({ id, from: ['queued'], to: 'cancelled', at: after(0) });
      });
      await Promise.all(changes);
      await laterBy(staleMs);
      expect(await counts(after(-7 * day))).toEqual([['2026-01-29', { order_confirmation: { cancelled: 30 } }]]);
    });

    it('says as of when, never more than a minute ago', async () => {
      await created(after(-3 * day));
      for (const waitMs of [0, 30_000, 45_000, 3 * hour]) {
        await laterBy(waitMs);
        const { asOf } = await under.statistics.countSince(after(-7 * day));
        const ageMs = under.clock.now().getTime() - asOf.getTime();
        expect(ageMs).toBeGreaterThanOrEqual(0);
        expect(ageMs).toBeLessThanOrEqual(staleMs);
      }
    });
  });
}
