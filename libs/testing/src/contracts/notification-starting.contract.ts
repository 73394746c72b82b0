import { type NotificationStore, deliveryStatuses, nextStatus, waitingStatuses } from '@earlybird/core';
import { anAttempt } from '../builders/an-attempt.js';
import { after, testStart } from '../builders/instant.js';
import { aFinish, aStart, created, found, started, winners } from './notification-steps.js';

/** The part of the notification store's contract about starting attempts. */
export function notificationStartingContract(store: () => NotificationStore): void {
  describe('starting an attempt', () => {
    it('takes number, lease and text, and answers with the notification as it is now', async () => {
      const notification = await created(store(), {
        statusReason: 'provider_error',
        nextAttemptAt: after(1),
        dueAt: after(2),
        wakeAt: after(3),
      });
      const { statusReason: _r, nextAttemptAt: _n, dueAt: _d, ...kept } = notification;
      const start = aStart(notification.id);
      const answer = await store().startAttempt(start);
      expect(answer).toStrictEqual({
        ...kept,
        status: 'sending',
        text: start.text,
        templateVersion: 3,
        lastAttemptNumber: 1,
        attempts: [anAttempt({ startedAt: start.startedAt, leaseUntil: start.leaseUntil })],
        wakeAt: start.wakeAt,
        updatedAt: start.startedAt,
        statusTimes: { queued: testStart, sending: start.startedAt },
      });
      expect(await found(store(), notification.id)).toStrictEqual(answer);
    });

    it('keeps the reason for which it leaves all the same', async () => {
      const id = await started(store(), { statusReason: 'quiet_hours_overridden_by_validity' });
      expect(await found(store(), id)).toMatchObject({ statusReason: 'quiet_hours_overridden_by_validity' });
    });

    it('lets one of fifty workers at once take the number', async () => {
      const { id } = await created(store());
      const answers = await Promise.all(
        Array.from({ length: 50 }, (_, index) => store().startAttempt(aStart(id, 1, { worker: `worker-${index}` }))),
      );
      expect(winners(answers)).toBe(1);
      const winner = answers.findIndex((answer) => answer !== undefined);
      expect((await found(store(), id)).attempts).toMatchObject([{ number: 1, worker: `worker-${winner}` }]);
    });

    it.each(deliveryStatuses)('is allowed from %s as the state machine says', async (status) => {
      const { id } = await created(store(), { status });
      const answer = await store().startAttempt(aStart(id));
      expect(answer !== undefined).toBe(nextStatus(status, 'attempt_started') !== undefined);
    });

    it('never uses a number twice', async () => {
      const id = await started(store());
      await store().finishAttempt(aFinish(id));
      const before = await found(store(), id);
      expect(waitingStatuses).toContain(before.status);
      expect(await store().startAttempt(aStart(id, 1))).toBeUndefined();
      expect(await found(store(), id)).toStrictEqual(before);
    });

    it('does nothing for a notification that does not exist', async () => {
      expect(await store().startAttempt(aStart('msg_nobody'))).toBeUndefined();
    });
  });
}
