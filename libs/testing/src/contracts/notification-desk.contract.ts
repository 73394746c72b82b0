import {
  type AdminAction,
  deliveryStatuses,
  dismissed,
  type Notification,
  type NotificationDesk,
  type NotificationStore,
} from '@earlybird/core';
import { aNotification } from '../builders/a-notification.js';
import { after } from '../builders/instant.js';

/** Desk and store on the same notifications. */
export interface DeskUnderTest {
  readonly desk: NotificationDesk;
  readonly notifications: NotificationStore;
  close(): Promise<void>;
}

const action: AdminAction = { at: after(60_000), by: 'asha', action: 'dismissed', note: 'known trouble' };
const resolved = { by: 'asha', at: after(60_000), how: dismissed };

/** What every NotificationDesk promises. */
export function notificationDeskContract(name: string, make: () => Promise<DeskUnderTest>): void {
  describe(`${name} keeps the contract of the notification desk`, () => {
    let under: DeskUnderTest;
    beforeAll(async () => (under = await make()));
    afterAll(() => under.close());

    const created = async (parts: Partial<Notification> = {}) => {
      const notification = aNotification(parts);
      await under.notifications.create(notification);
      return notification;
    };

    describe('changing the status', () => {
      it('writes status, reason, action and resolution at once, and clears what waits', async () => {
        const old = await created({ status: 'scheduled', dueAt: after(1), wakeAt: after(1), nextAttemptAt: after(1) });
        const change = {
          id: old.id,
          from: ['scheduled'],
          to: 'cancelled',
          reason: 'by_admin',
          at: after(5),
          action,
          resolved,
        } as const;
        expect(await under.desk.changeStatus(change)).toBe(true);
        const { dueAt: _due, wakeAt: _wake, nextAttemptAt: _next, ...rest } = old;
        expect(await under.notifications.find(old.id)).toStrictEqual({
          ...rest,
          status: 'cancelled',
          statusReason: 'by_admin',
          updatedAt: after(5),
          statusTimes: { ...old.statusTimes, cancelled: after(5) },
          adminActions: [action],
          resolved,
        });
      });

      it('leaves everything when the status is none of those named', async () => {
        const old = await created({ status: 'sent' });
        const change = { id: old.id, from: ['queued', 'retrying'], to: 'cancelled', at: after(5), action } as const;
        expect(await under.desk.changeStatus(change)).toBe(false);
        expect(await under.notifications.find(old.id)).toStrictEqual(old);
      });

      it('does nothing to what is not there', async () => {
        expect(
          await under.desk.changeStatus({ id: 'msg_nobody', from: ['queued'], to: 'cancelled', at: after(5), action }),
        ).toBe(false);
      });

      it('is won by one of many at once', async () => {
        const { id } = await created({ status: 'unknown' });
        const change = { id, from: ['unknown'], to: 'failed', at: after(5), action } as const;
        const won = await Promise.all(Array.from({ length: 20 }, () => under.desk.changeStatus(change)));
        expect(won.filter(Boolean)).toHaveLength(1);
        expect((await under.notifications.find(id))?.adminActions).toHaveLength(1);
      });
    });

    describe('claiming a resend', () => {
      it('names the new notification on the old one', async () => {
        const old = await created({ status: 'failed' });
        expect(
          await under.desk.claimResend({ id: old.id, from: ['failed'], resentAs: 'msg_new', action, resolved }),
        ).toBe(true);
        expect(await under.notifications.find(old.id)).toStrictEqual({
          ...old,
          resentAs: 'msg_new',
          resolved,
          adminActions: [action],
          updatedAt: action.at,
        });
      });

      it('is won by one of many at once', async () => {
        const { id } = await created({ status: 'failed' });
        const claims = Array.from({ length: 50 }, (_, index) =>
          under.desk.claimResend({ id, from: ['failed'], resentAs: `msg_new_${index}`, action, resolved }),
        );
        const won = (await Promise.all(claims)).flatMap((one, index) => (one ? [`msg_new_${index}`] : []));
        expect(won).toEqual([(await under.notifications.find(id))?.resentAs]);
      });

      it('fails when the status has changed meanwhile', async () => {
        const old = await created({ status: 'delivered' });
        expect(
          await under.desk.claimResend({ id: old.id, from: ['failed'], resentAs: 'msg_new', action, resolved }),
        ).toBe(false);
        expect(await under.notifications.find(old.id)).toStrictEqual(old);
      });
    });

    describe('dismissing', () => {
      it('settles what is failed or unknown and open, and counts it', async () => {
        const all = await Promise.all(deliveryStatuses.map((status) => created({ status })));
        const settled = await created({ status: 'failed', resolved: { ...resolved, how: 'resent' } });
        const ids = [...all.map(({ id }) => id), settled.id, 'msg_nobody'];
        expect(await under.desk.dismiss(ids, resolved, action)).toBe(2);
        const found = await Promise.all(ids.map((id) => under.notifications.find(id)));
        const dismissedOnes = found.filter((one) => one?.resolved?.how === dismissed).map((one) => one?.status);
        expect(dismissedOnes.sort()).toEqual(['failed', 'unknown']);
        expect(found.find((one) => one?.id === settled.id)).toStrictEqual(settled);
      });

      it('can be taken back, other resolutions cannot', async () => {
        const [one, other] = [
          await created({ status: 'failed' }),
          await created({ status: 'failed', resolved: { ...resolved, how: 'resent' } }),
        ];
        await under.desk.dismiss([one.id], resolved, action);
        const restored = { ...action, action: 'restored' } as const;
        expect(await under.desk.restore([one.id, other.id], restored)).toBe(1);
        expect(await under.notifications.find(one.id)).toStrictEqual({
          ...one,
          adminActions: [action, restored],
          updatedAt: action.at,
        });
        expect(await under.notifications.find(other.id)).toStrictEqual(other);
      });

      it('of nothing does nothing', async () => {
        expect([await under.desk.dismiss([], resolved, action), await under.desk.restore([], action)]).toEqual([0, 0]);
      });
    });

    describe('releasing', () => {
      const released = { at: after(60_000), by: 'asha', action: 'released' } as const;

      it('makes due what is retrying, and counts it', async () => {
        const waiting = { nextAttemptAt: after(300_000), wakeAt: after(900_000) };
        const all = await Promise.all(deliveryStatuses.map((status) => created({ status, ...waiting })));
        const ids = [...all.map(({ id }) => id), 'msg_nobody'];
        expect(await under.desk.release(ids, after(660_000), released)).toBe(1);
        for (const old of all)
          expect(await under.notifications.find(old.id)).toStrictEqual(
            old.status === 'retrying'
              ? {
                  ...old,
                  nextAttemptAt: after(60_000),
                  wakeAt: after(660_000),
                  updatedAt: after(60_000),
                  adminActions: [released],
                }
              : old,
          );
      });
    });

    it('makes due at once what is scheduled for a reason, of one message type', async () => {
      const held = {
        status: 'scheduled',
        statusReason: 'template_held',
        dueAt: after(9_000),
        wakeAt: after(9_000),
      } as const;
      const messageType = 'delivery_delayed';
      const waiting = await created({ ...held, messageType });
      const others = [
        await created({ ...held, messageType: 'churn_risk' }),
        await created({ ...held, messageType, statusReason: 'quiet_hours' }),
        await created({ ...held, messageType, status: 'queued' }),
      ];
      expect(await under.desk.wake(messageType, 'template_held', after(1_000))).toBe(1);
      expect(await under.notifications.find(waiting.id)).toMatchObject({
        status: 'scheduled',
        dueAt: after(1_000),
        wakeAt: after(1_000),
      });
      for (const other of others) expect(await under.notifications.find(other.id)).toStrictEqual(other);
    });

    describe('telling what is settled', () => {
      it('names what is resolved, and what no person needs to look at', async () => {
        const all = await Promise.all(deliveryStatuses.map((status) => created({ status })));
        const failed = await created({ status: 'failed', resolved });
        const found = await under.desk.findSettled([...all.map(({ id }) => id), failed.id, 'msg_nobody']);
        const named = all.filter(({ id }) => found.includes(id)).map(({ status }) => status);
        expect(named).toEqual(['sent', 'delivered', 'read', 'suppressed', 'expired', 'cancelled']);
        expect(found).toContain(failed.id);
        expect(found).toHaveLength(7);
        expect(await under.desk.findSettled([])).toEqual([]);
      });
    });
  });
}
