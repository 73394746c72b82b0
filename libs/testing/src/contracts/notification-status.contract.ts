import { type NotificationStore, waitingStatuses } from '@earlybird/core';
import { after, testStart } from '../builders/instant.js';
import { aStart, anAcceptance, created, found, winners } from './notification-steps.js';

/** The part of the notification store's contract about changes of status. */
export function notificationStatusContract(store: () => NotificationStore): void {
  describe('changing the status', () => {
    it('sets what it says and clears what it does not say', async () => {
      const notification = await created(store(), {
        nextAttemptAt: after(1),
        wakeAt: after(2),
        statusReason: 'provider_error',
      });
      const { nextAttemptAt: _n, ...kept } = notification;
      const change = {
        id: notification.id,
        from: waitingStatuses,
        at: after(70),
        dueAt: after(80),
        wakeAt: after(90),
      };
      expect(await store().changeStatus({ ...change, to: 'scheduled', reason: 'quiet_hours' })).toBe(true);
      expect(await found(store(), notification.id)).toStrictEqual({
        ...kept,
        status: 'scheduled',
        statusReason: 'quiet_hours',
        dueAt: after(80),
        wakeAt: after(90),
        updatedAt: after(70),
        statusTimes: { queued: testStart, scheduled: after(70) },
      });
      await store().changeStatus({ id: notification.id, from: ['scheduled'], to: 'cancelled', at: after(99) });
      const stored = await found(store(), notification.id);
      for (const field of ['wakeAt', 'dueAt', 'nextAttemptAt', 'statusReason'])
        expect(stored).not.toHaveProperty(field);
    });

    it('keeps what preferences decided until they decide again, through attempts and receipts', async () => {
      const decided = (reason: string) =>
        ({ reason, at: after(1), preferences: { doNotDisturbStart: '22:00', timezone: 'Asia/Kolkata' } }) as const;
      const { id } = await created(store(), { decision: decided('quiet_hours') });
      await store().changeStatus({ id, from: ['queued'], to: 'scheduled', at: after(2) });
      expect(await found(store(), id)).toMatchObject({ decision: decided('quiet_hours') });
      const change = { id, from: ['scheduled'], to: 'queued', at: after(3), decision: decided('another') } as const;
      await store().changeStatus(change);
      await store().startAttempt(aStart(id, 1, { statusReason: 'third', decision: decided('third') }));
      expect(await found(store(), id)).toMatchObject({ status: 'sending', decision: decided('third') });
      await store().finishAttempt(anAcceptance(id, 1, 'wamid of a decision'));
      expect(await found(store(), id)).toMatchObject({ status: 'sent', decision: decided('third') });
    });

    it('is refused from any other status', async () => {
      const notification = await created(store(), { status: 'sent' });
      expect(
        await store().changeStatus({ id: notification.id, from: waitingStatuses, to: 'cancelled', at: after(1) }),
      ).toBe(false);
      expect(await store().changeStatus({ id: 'msg_nobody', from: ['queued'], to: 'cancelled', at: after(1) })).toBe(
        false,
      );
      expect(await found(store(), notification.id)).toStrictEqual(notification);
    });

    it('lets one of fifty at once make it', async () => {
      const { id } = await created(store(), { status: 'scheduled' });
      const answers = await Promise.all(
        Array.from({ length: 50 }, () => store().changeStatus({ id, from: ['scheduled'], to: 'queued', at: after(1) })),
      );
      expect(winners(answers)).toBe(1);
    });
  });
}
