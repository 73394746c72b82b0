import type { HistoryFilter, Notification, NotificationHistory } from '@earlybird/core';
import { aNotification } from '../builders/a-notification.js';
import { after, testStart } from '../builders/instant.js';
import { aFinish, aStart } from './notification-steps.js';
import type { MakeStores, StoresUnderTest } from './stores-under-test.js';

/** What every NotificationHistory promises (rest-api.md): all filters hold, newest first, pages that stay right. */
export function notificationHistoryContract(name: string, makeStores: MakeStores): void {
  describe(`${name} keeps the contract of the notification history`, () => {
    let stores: StoresUnderTest;
    let history: NotificationHistory;
    let made = 0;
    beforeAll(async () => {
      stores = await makeStores();
      history = stores.history;
    });
    afterAll(() => stores.close());

    const created = async (parts: Partial<Notification> = {}) => {
      const notification = aNotification(parts);
      await stores.notifications.create(notification);
      return notification;
    };
    const idsOf = (notifications: readonly Notification[]) => notifications.map(({ id }) => id);
    /** A reference of its own for each test, so that it sees only what it made. */
    const newReference = () => `reference-${(made += 1)}`;

    it('answers newest first, and with the larger id first among equals', async () => {
      const referenceId = newReference();
      const old = await created({ referenceId, createdAt: after(-1_000) });
      const twins = [await created({ referenceId }), await created({ referenceId })].sort((a, b) =>
        a.id < b.id ? 1 : -1,
      );
      const fresh = await created({ referenceId, createdAt: after(1_000) });
      const found = await history.search({ referenceId }, { limit: 10 });
      expect(found).toStrictEqual([fresh, ...twins, old]);
    });

    it('finds days that lie far back', async () => {
      const referenceId = newReference();
      const ancient = await created({ referenceId, createdAt: after(-400 * 86_400_000) });
      expect(idsOf(await history.search({ referenceId }, { limit: 1 }))).toEqual([ancient.id]);
    });

    it('answers nothing when nothing matches', async () => {
      expect(await history.search({ referenceId: 'nobody asked for this' }, { limit: 10 })).toEqual([]);
    });

    describe('filters', () => {
      const referenceId = 'reference of the filters';
      const odd = aNotification({
        referenceId,
        recipient: { phone: '+919999912345', userId: 'user-odd' },
        correlationId: 'correlation-odd',
        event: { type: 'order.created', source: '/services/orders', id: 'event-odd' },
        messageType: 'payment_confirmation',
        requestedBy: 'client-odd',
        status: 'failed',
        createdAt: after(5_000),
      });
      beforeAll(async () => {
        await stores.notifications.create(odd);
        await created({ referenceId });
      });

      it.each<[keyof HistoryFilter, HistoryFilter, HistoryFilter]>([
        ['phone', { phone: '+919999912345' }, { phone: '+919999954321' }],
        ['userId', { userId: 'user-odd' }, { userId: 'user-none' }],
        ['correlationId', { correlationId: 'correlation-odd' }, { correlationId: 'correlation-none' }],
        ['eventId', { eventId: 'event-odd' }, { eventId: 'event-none' }],
        ['messageType', { messageType: 'payment_confirmation' }, { messageType: 'churn_risk' }],
        ['status', { status: 'failed' }, { status: 'read' }],
        ['requestedBy', { requestedBy: 'client-odd' }, { requestedBy: 'client-none' }],
        ['from', { from: after(5_000) }, { from: after(5_001) }],
      ])('by %s', async (_field, matching, missing) => {
        expect(idsOf(await history.search({ referenceId, ...matching }, { limit: 10 }))).toEqual([odd.id]);
        expect(await history.search({ referenceId, ...missing }, { limit: 10 })).toEqual([]);
      });

      it('by from inclusive and to exclusive', async () => {
        const within = await history.search({ referenceId, from: testStart, to: after(5_000) }, { limit: 10 });
        expect(within).toHaveLength(1);
        expect(within[0]?.createdAt).toEqual(testStart);
        expect(await history.search({ referenceId, to: testStart }, { limit: 10 })).toEqual([]);
      });

      it('by all that are given, together', async () => {
        expect(await history.search({ referenceId, phone: '+919999912345', status: 'queued' }, { limit: 10 })).toEqual(
          [],
        );
      });
    });

    it('calls retried what had more than one attempt, whatever its status', async () => {
      const referenceId = newReference();
      const [twice, once] = [await created({ referenceId }), await created({ referenceId })];
      await created({ referenceId });
      for (const { id, attempts } of [
        { id: twice.id, attempts: 2 },
        { id: once.id, attempts: 1 },
      ]) {
        for (let number = 1; number <= attempts; number += 1) {
          await stores.notifications.startAttempt(aStart(id, number));
          await stores.notifications.finishAttempt(aFinish(id, number));
        }
      }
      expect(idsOf(await history.search({ referenceId, status: 'retried' }, { limit: 10 }))).toEqual([twice.id]);
    });

    describe('pages', () => {
      const tenOf = async (referenceId: string) => {
        // Two share each instant, so that a page can end between equals.
        for (let index = 0; index < 10; index += 1)
          await created({ referenceId, createdAt: after(Math.floor(index / 2) * 1_000) });
        return idsOf(await history.search({ referenceId }, { limit: 200 }));
      };

      it.each([1, 2, 3, 7])('by cursor stay right while notifications are added (%i a page)', async (limit) => {
        const referenceId = newReference();
        const expected = await tenOf(referenceId);
        const seen: Notification[] = [];
        for (;;) {
          const last = seen.at(-1);
          const page = await history.search({ referenceId }, { limit, ...(last === undefined ? {} : { after: last }) });
          expect(page.length).toBeLessThanOrEqual(limit);
          if (page.length === 0) break;
          seen.push(...page);
          await created({ referenceId, createdAt: after(100_000) });
        }
        expect(idsOf(seen)).toEqual(expected);
      });

      it('by skip', async () => {
        const referenceId = newReference();
        const expected = await tenOf(referenceId);
        expect(idsOf(await history.search({ referenceId }, { limit: 4, skip: 3 }))).toEqual(expected.slice(3, 7));
        expect(await history.search({ referenceId }, { limit: 4, skip: 10 })).toEqual([]);
      });
    });
  });
}
