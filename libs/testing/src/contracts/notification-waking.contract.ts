import { type NotificationStore, type Notification, lanes } from '@earlybird/core';
import { aNotification } from '../builders/a-notification.js';
import { after } from '../builders/instant.js';
import { aStart, found, winners } from './notification-steps.js';

/** The part of the notification store's contract that the sweeper stands on. Times lie before those of the other parts. */
export function notificationWakingContract(theStore: () => NotificationStore): void {
  describe('waking', () => {
    const hour = 3_600_000;
    let base = -100 * hour;
    const waking = async (parts: Partial<Notification> = {}) => {
      const notification = aNotification({ wakeAt: after(base), ...parts });
      await theStore().create(notification);
      return notification;
    };
    const idsWaking = async (now: Date, limit = 1_000, of = lanes as readonly Notification['lane'][]) =>
      (await theStore().findWaking(now, limit, of)).map(({ id }) => id);
    /** A span of time of its own for each test, before everything that other tests left. */
    beforeEach(() => {
      base -= hour;
    });

    it('finds those whose time has come, the longest overdue first', async () => {
      const second = await waking({ wakeAt: after(base + 10) });
      const first = await waking({ wakeAt: after(base) });
      const notYet = await waking({ wakeAt: after(base + 21) });
      const never = aNotification();
      await theStore().create(never);
      expect(await idsWaking(after(base + 20))).toEqual([first.id, second.id]);
      expect(await idsWaking(after(base + 21))).toEqual([first.id, second.id, notYet.id]);
      const [earliest] = await theStore().findWaking(after(base + 20), 1, lanes);
      expect(earliest).toStrictEqual(first);
    });

    it('finds those of the asked lanes only', async () => {
      const bulk = await waking({ lane: 'bulk' });
      const normal = await waking({ lane: 'normal' });
      expect(await idsWaking(after(base), 1_000, ['bulk'])).toEqual([bulk.id]);
      expect(await idsWaking(after(base), 1_000, ['normal'])).toEqual([normal.id]);
      expect(await idsWaking(after(base), 1_000, [])).toEqual([]);
    });

    it('lets one of fifty at once claim, and counts one sweep', async () => {
      const { id } = await waking();
      const claims = Array.from({ length: 50 }, () => theStore().claimWaking(id, after(base), after(1_000 * hour)));
      expect(winners(await Promise.all(claims))).toBe(1);
      expect(await found(theStore(), id)).toMatchObject({ wakeAt: after(1_000 * hour), sweeps: 1 });
    });

    it('refuses a claim on what has moved on', async () => {
      const { id } = await waking();
      await theStore().startAttempt(aStart(id));
      expect(await theStore().claimWaking(id, after(base), after(1_000 * hour))).toBe(false);
      expect(await theStore().claimWaking('msg_nobody', after(base), after(1_000 * hour))).toBe(false);
      expect(await found(theStore(), id)).toMatchObject({ wakeAt: aStart(id).wakeAt, sweeps: 0 });
    });

    it('leaves everything else as it was', async () => {
      const notification = await waking({ status: 'retrying', nextAttemptAt: after(base) });
      await theStore().claimWaking(notification.id, after(base), after(1_000 * hour));
      expect(await found(theStore(), notification.id)).toEqual({
        ...notification,
        wakeAt: after(1_000 * hour),
        sweeps: 1,
        updatedAt: expect.any(Date) as Date,
      });
    });
  });
}
