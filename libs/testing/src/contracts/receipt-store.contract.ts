import {
  type Receipt,
  type ReceiptStatus,
  deliveryStatuses,
  failedReceipt,
  receiptKey,
  receiptStatuses,
  statusAfterReceipt,
} from '@earlybird/core';
import { aNotification } from '../builders/a-notification.js';
import { aReceipt } from '../builders/a-receipt.js';
import { after } from '../builders/instant.js';
import { aFinish, aStart, anAcceptance, found, put, sent, started } from './notification-steps.js';
import type { MakeStores, StoresUnderTest } from './stores-under-test.js';

/** How many random orders of receipts are tried: enough to meet most pairs, few enough for a server on a network. */
const orderings = 40;
/** About a thousand writes, one after the other, on a busy machine. */
const orderingsLimitMs = 60_000;

/** What every ReceiptStore promises (data.md): any order, any number of copies, nothing dropped. */
export function receiptStoreContract(name: string, makeStores: MakeStores): void {
  describe(`${name} keeps the contract of the receipt store`, () => {
    let stores: StoresUnderTest;
    let made = 0;
    beforeAll(async () => {
      stores = await makeStores();
    });
    afterAll(() => stores.close());

    const newId = () => `wamid-${(made += 1)}`;
    const sentNotification = async () => {
      const providerMessageId = newId();
      return { providerMessageId, id: (await sent(stores.notifications, providerMessageId)).id };
    };
    const load = (id: string) => found(stores.notifications, id);

    it('answers that it knows no such message', async () => {
      expect(await stores.receipts.apply(aReceipt({ providerMessageId: 'nobody' }))).toEqual({ kind: 'unmatched' });
    });

    it('adds the receipt and moves the status, dated by the provider’s clock', async () => {
      const { id, providerMessageId } = await sentNotification();
      const before = await load(id);
      const receipt = aReceipt({ providerMessageId, eventId: 'evt-1', errorCode: '131026' });
      expect(await stores.receipts.apply(receipt)).toMatchObject({ kind: 'applied', notificationId: id });
      const { providerMessageId: _, ...entry } = receipt;
      const stored = await load(id);
      expect(stored).toEqual({
        ...before,
        status: 'delivered',
        receipts: [expect.objectContaining(entry) as unknown],
        statusTimes: { ...before.statusTimes, delivered: receipt.at },
        updatedAt: stored.updatedAt,
      });
    });

    it('tells whose receipt it was, with all by which that is followed', async () => {
      const traced = { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' };
      for (const trail of [{}, traced]) {
        const providerMessageId = newId();
        const notification = await sent(stores.notifications, providerMessageId, trail);
        const receipt = aReceipt({ providerMessageId });
        const { id: notificationId, correlationId } = notification;
        const whose = { notificationId, correlationId, ...trail };
        expect(await stores.receipts.apply(receipt)).toEqual({ kind: 'applied', ...whose });
        expect(await stores.receipts.apply(receipt)).toEqual({ kind: 'duplicate', ...whose });
      }
    });

    it('counts a receipt once, by its event id or by what it says', async () => {
      for (const eventId of [{}, { eventId: 'evt-2' }]) {
        const { id, providerMessageId } = await sentNotification();
        const receipt = aReceipt({ providerMessageId, ...eventId });
        await stores.receipts.apply(receipt);
        const again = { ...receipt, receivedAt: after(60_000) };
        expect(await stores.receipts.apply(again)).toMatchObject({ kind: 'duplicate', notificationId: id });
        expect((await load(id)).receipts).toHaveLength(1);
      }
    });

    it('takes one of fifty copies that come at once', async () => {
      const { id, providerMessageId } = await sentNotification();
      const receipt = aReceipt({ providerMessageId });
      const results = await Promise.all(Array.from({ length: 50 }, () => stores.receipts.apply(receipt)));
      expect(results.filter(({ kind }) => kind === 'applied')).toHaveLength(1);
      expect(results.filter(({ kind }) => kind === 'duplicate')).toHaveLength(49);
      expect((await load(id)).receipts).toHaveLength(1);
    });

    it('loses none of different receipts that come at once', async () => {
      const { id, providerMessageId } = await sentNotification();
      const receipts = (['sent', 'delivered', 'read'] as const).map((status) =>
        aReceipt({ providerMessageId, status }),
      );
      await Promise.all(receipts.map((receipt) => stores.receipts.apply(receipt)));
      const stored = await load(id);
      expect(stored.status).toBe('read');
      expect(new Set(stored.receipts.map(({ status }) => status))).toEqual(new Set(['sent', 'delivered', 'read']));
    });

    describe.each(receiptStatuses)('a receipt that says %s', (receiptStatus) => {
      it.each(deliveryStatuses)('moves %s as the ladder says', async (status) => {
        const { id, providerMessageId } = await sentNotification();
        await put(stores.notifications, id, status, after(90_000));
        await stores.receipts.apply(aReceipt({ providerMessageId, status: receiptStatus }));
        const stored = await load(id);
        const expected = statusAfterReceipt(status, [], { status: receiptStatus });
        expect(stored.status).toBe(expected);
        if (expected === status) expect(stored.wakeAt).toEqual(after(90_000));
        else expect(stored).not.toHaveProperty('wakeAt');
        if (expected !== status && expected === 'failed') expect(stored.statusReason).toBe(failedReceipt);
      });
    });

    it(
      'leads to the same status in every order and however often each comes',
      async () => {
        // Loaded on demand: only the store's own tests run this.
        const { default: fc } = await import('fast-check');
        const start = fc.constantFrom(...deliveryStatuses);
        const kinds = fc.array(fc.constantFrom<ReceiptStatus>(...receiptStatuses), { minLength: 2, maxLength: 6 });
        await fc.assert(
          fc.asyncProperty(start, kinds, fc.infiniteStream(fc.nat()), async (status, statuses, order) => {
            const statusAfter = async (sequence: readonly ReceiptStatus[]) => {
              const { id, providerMessageId } = await sentNotification();
              await put(stores.notifications, id, status);
              for (const [index, kind] of sequence.entries())
                await stores.receipts.apply(aReceipt({ providerMessageId, status: kind, at: after(index) }));
              return (await load(id)).status;
            };
            const shuffled = statuses
              .map((kind) => ({ kind, key: Number(order.next().value) }))
              .sort((left, right) => left.key - right.key)
              .map(({ kind }) => kind);
            const [one, other] = await Promise.all([statusAfter(shuffled), statusAfter(statuses)]);
            expect(one).toBe(other);
          }),
          { numRuns: orderings },
        );
      },
      orderingsLimitMs,
    );

    it('keeps the earlier reason when a receipt does not move the status', async () => {
      const { id, providerMessageId } = await sentNotification();
      await stores.receipts.apply(aReceipt({ providerMessageId, status: 'failed', at: after(1) }));
      await stores.receipts.apply(aReceipt({ providerMessageId, status: 'sent', at: after(2) }));
      expect(await load(id)).toMatchObject({ status: 'failed', statusReason: failedReceipt });
      await stores.receipts.apply(aReceipt({ providerMessageId, status: 'delivered', at: after(3) }));
      expect(await load(id)).not.toHaveProperty('statusReason');
    });

    it('keeps why the message left although something spoke against it', async () => {
      const statusReason = 'quiet_hours_overridden_by_validity';
      const providerMessageId = newId();
      const id = await started(stores.notifications, { statusReason });
      await stores.notifications.finishAttempt({ ...anAcceptance(id, 1, providerMessageId), statusReason });
      for (const status of ['sent', 'delivered', 'read'] as const) {
        await stores.receipts.apply(aReceipt({ providerMessageId, status }));
        expect(await load(id)).toMatchObject({ status, statusReason });
      }
    });

    it('matches any attempt of the notification', async () => {
      const notification = aNotification();
      const first = newId();
      await stores.notifications.create(notification);
      await stores.notifications.startAttempt(aStart(notification.id));
      await stores.notifications.finishAttempt(aFinish(notification.id, 1, { result: { outcome: 'unknown' } }));
      await stores.notifications.startAttempt(aStart(notification.id, 2));
      await stores.notifications.finishAttempt(anAcceptance(notification.id, 2, newId()));
      await stores.notifications.recordLateAnswer(notification.id, 1, first, after(60_000));
      expect(await stores.receipts.apply(aReceipt({ providerMessageId: first }))).toMatchObject({
        kind: 'applied',
        notificationId: notification.id,
      });
    });

    describe('a receipt with a reference', () => {
      const unanswered = async () => {
        const notification = aNotification();
        await stores.notifications.create(notification);
        await stores.notifications.startAttempt(aStart(notification.id));
        return notification.id;
      };

      it('finds an attempt that has no message id, which then has one', async () => {
        const id = await unanswered();
        const providerMessageId = newId();
        const reference = { notificationId: id, attempt: 1 };
        const receipt = aReceipt({ providerMessageId, reference, status: 'sent' });
        expect(await stores.receipts.apply(receipt)).toMatchObject({ kind: 'applied', notificationId: id });
        expect(await load(id)).toMatchObject({ status: 'sent', providerMessageId, attempts: [{ providerMessageId }] });
        expect(await stores.receipts.apply(aReceipt({ providerMessageId }))).toMatchObject({ kind: 'applied' });
        expect(await load(id)).toMatchObject({ status: 'delivered' });
      });

      it('goes by the message id when somebody else has that', async () => {
        const other = await sentNotification();
        const reference = { notificationId: await unanswered(), attempt: 1 };
        const receipt = aReceipt({ providerMessageId: other.providerMessageId, reference });
        expect(await stores.receipts.apply(receipt)).toMatchObject({ kind: 'applied', notificationId: other.id });
      });

      it('is unmatched when there is no such attempt', async () => {
        const id = await unanswered();
        for (const reference of [
          { notificationId: id, attempt: 2 },
          { notificationId: 'msg_nobody', attempt: 1 },
        ])
          expect(await stores.receipts.apply(aReceipt({ providerMessageId: newId(), reference }))).toEqual({
            kind: 'unmatched',
          });
        expect((await load(id)).receipts).toEqual([]);
      });
    });

    describe('orphans', () => {
      it('are kept once, found by message id oldest first, and removed one by one', async () => {
        const providerMessageId = newId();
        const late: Receipt = aReceipt({ providerMessageId, status: 'read', at: after(9_000), eventId: newId() });
        const early: Receipt = aReceipt({ providerMessageId, status: 'delivered', at: after(5_000), errorCode: '1' });
        const other = aReceipt({ providerMessageId: newId() });
        for (const receipt of [late, early, other, late, early]) await stores.receipts.keepOrphan(receipt);
        expect(await stores.receipts.findOrphans(providerMessageId)).toStrictEqual([early, late]);
        await stores.receipts.removeOrphan(early);
        await stores.receipts.removeOrphan(early);
        expect((await stores.receipts.findOrphans(providerMessageId)).map(receiptKey)).toEqual([receiptKey(late)]);
        expect(await stores.receipts.findOrphans(other.providerMessageId)).toHaveLength(1);
      });

      it('are kept once by fifty at once', async () => {
        const receipt = aReceipt({ providerMessageId: newId(), reference: { notificationId: 'msg_x', attempt: 2 } });
        await Promise.all(Array.from({ length: 50 }, () => stores.receipts.keepOrphan(receipt)));
        expect(await stores.receipts.findOrphans(receipt.providerMessageId)).toStrictEqual([receipt]);
      });
    });
  });
}
