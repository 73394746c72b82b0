import { type NotificationStore, deliveryStatuses, nextStatus } from '@earlybird/core';
import { after } from '../builders/instant.js';
import { aFinish, aStart, anAcceptance, doubtful, found, started } from './notification-steps.js';

/** The part of the notification store's contract about late answers. */
export function notificationLateAnswerContract(store: () => NotificationStore): void {
  describe('a late answer', () => {
    it.each(deliveryStatuses)('makes the attempt accepted and moves %s as the state machine says', async (status) => {
      const id = await doubtful(store(), status);
      const before = await found(store(), id);
      const wamid = `late of ${id}`;
      expect(await store().recordLateAnswer(id, 1, wamid, after(50_000))).toBe(true);
      const stored = await found(store(), id);
      expect(stored).toMatchObject({
        status: nextStatus(status, 'accepted_late') ?? status,
        providerMessageId: wamid,
        attempts: [{ number: 1, outcome: 'accepted', counted: true, providerMessageId: wamid }],
      });
      if (stored.status === before.status) expect(stored.wakeAt).toEqual(before.wakeAt);
      else for (const field of ['wakeAt', 'statusReason']) expect(stored).not.toHaveProperty(field);
    });

    it('does not displace the id of a later acceptance', async () => {
      const id = await doubtful(store(), 'retrying');
      await store().startAttempt(aStart(id, 2));
      await store().finishAttempt(anAcceptance(id, 2, `second of ${id}`));
      expect(await store().recordLateAnswer(id, 1, `first of ${id}`, after(50_000))).toBe(true);
      const stored = await found(store(), id);
      expect(stored.providerMessageId).toBe(`second of ${id}`);
      expect(stored.attempts.map((attempt) => attempt.providerMessageId)).toEqual([
        `first of ${id}`,
        `second of ${id}`,
      ]);
    });

    it('is refused for an attempt that is open, ended otherwise or does not exist', async () => {
      const open = await started(store());
      const deferred = await started(store());
      await store().finishAttempt(aFinish(deferred));
      for (const [id, number] of [
        [open, 1],
        [deferred, 1],
        [deferred, 2],
        ['msg_nobody', 1],
      ] as const)
        expect(await store().recordLateAnswer(id, number, `late of ${id}`, after(50_000))).toBe(false);
      expect(await found(store(), deferred)).toMatchObject({ status: 'retrying', attempts: [{ outcome: 'deferred' }] });
    });
  });
}
