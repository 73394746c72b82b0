import { anAttempt } from '../builders/an-attempt.js';
import { after, testStart } from '../builders/instant.js';
import { aFinish, aStart, anAcceptance, found, put, started, winners } from './notification-steps.js';
import type { StoresUnderTest } from './stores-under-test.js';

/** The part of the notification store's contract about finishing attempts. */
export function notificationFinishingContract(stores: () => StoresUnderTest): void {
  const store = () => stores().notifications;
  describe('finishing an attempt', () => {
    it('stores what it came to and the new status in one write', async () => {
      const id = await started(store());
      const before = await found(store(), id);
      const result = { errorCode: '131000', httpStatus: 500, detail: 'try later', reason: 'provider_error' };
      const finish = aFinish(id, 1, {
        statusReason: 'provider_error',
        nextAttemptAt: after(300_000),
        wakeAt: after(900_000),
        result,
      });
      expect(await store().finishAttempt(finish)).toBe(true);
      expect(await found(store(), id)).toStrictEqual({
        ...before,
        status: 'retrying',
        statusReason: 'provider_error',
        nextAttemptAt: after(300_000),
        wakeAt: after(900_000),
        attempts: [{ ...before.attempts[0], ...finish.result }],
        updatedAt: finish.result.finishedAt,
        statusTimes: { ...before.statusTimes, retrying: finish.result.finishedAt },
      });
    });

    it('keeps the provider’s message id and clears what nothing waits for', async () => {
      const id = await started(store());
      expect(await store().finishAttempt(anAcceptance(id, 1, `wamid of ${id}`))).toBe(true);
      const stored = await found(store(), id);
      expect(stored).toMatchObject({
        status: 'sent',
        providerMessageId: `wamid of ${id}`,
        attempts: [{ outcome: 'accepted', counted: true, providerMessageId: `wamid of ${id}` }],
      });
      for (const field of ['wakeAt', 'nextAttemptAt', 'dueAt', 'statusReason'])
        expect(stored).not.toHaveProperty(field);
    });

    it('sets when a throttled one is due', async () => {
      const id = await started(store());
      const dueAt = after(3_600_000);
      await store().finishAttempt(
        aFinish(id, 1, {
          status: 'scheduled',
          dueAt,
          wakeAt: dueAt,
          result: { outcome: 'throttled', counted: false },
        }),
      );
      expect(await found(store(), id)).toMatchObject({ status: 'scheduled', dueAt, wakeAt: dueAt });
    });

    it('closes only an open attempt, whoever comes second', async () => {
      const id = await started(store());
      await store().finishAttempt(aFinish(id));
      const before = await found(store(), id);
      expect(await store().finishAttempt(anAcceptance(id, 1, `late of ${id}`))).toBe(false);
      expect(await store().finishAttempt(anAcceptance(id, 2, `never of ${id}`))).toBe(false);
      expect(await store().finishAttempt(anAcceptance('msg_nobody', 1, 'nobody'))).toBe(false);
      expect(await found(store(), id)).toStrictEqual(before);
    });

    it('lets one of fifty at once close it', async () => {
      const id = await started(store());
      const answers = await Promise.all(
        Array.from({ length: 50 }, (_, index) => store().finishAttempt(anAcceptance(id, 1, `wamid-${index} of ${id}`))),
      );
      expect(winners(answers)).toBe(1);
      const { providerMessageId, attempts } = await found(store(), id);
      expect(providerMessageId).toBe(`wamid-${answers.indexOf(true)} of ${id}`);
      expect(attempts).toMatchObject([{ providerMessageId }]);
    });

    it('writes fifty different ones at once, each into its own notification', async () => {
      const ids = await Promise.all(Array.from({ length: 50 }, () => started(store())));
      const closed = await Promise.all(ids.map((id) => store().finishAttempt(anAcceptance(id, 1, `own of ${id}`))));
      expect(winners(closed)).toBe(50);
      for (const id of ids) expect(await found(store(), id)).toMatchObject({ providerMessageId: `own of ${id}` });
    });

    it('leaves the status alone when a receipt was faster', async () => {
      const id = await started(store());
      const wamid = `fast of ${id}`;
      await stores().receipts.apply({
        providerMessageId: wamid,
        reference: { notificationId: id, attempt: 1 },
        status: 'delivered',
        at: after(10_100),
        receivedAt: after(10_200),
      });
      expect(await store().finishAttempt(anAcceptance(id, 1, wamid))).toBe(true);
      expect(await found(store(), id)).toMatchObject({
        status: 'delivered',
        providerMessageId: wamid,
        attempts: [{ outcome: 'accepted', providerMessageId: wamid }],
      });
    });

    it('plans nothing when a receipt was faster than a failure', async () => {
      const id = await started(store());
      await put(store(), id, 'delivered');
      const finish = aFinish(id, 1, { statusReason: 'provider_error', nextAttemptAt: after(1), wakeAt: after(2) });
      expect(await store().finishAttempt(finish)).toBe(true);
      const stored = await found(store(), id);
      expect(stored).toMatchObject({ status: 'delivered', attempts: [{ outcome: 'deferred' }] });
      for (const field of ['wakeAt', 'nextAttemptAt', 'statusReason']) expect(stored).not.toHaveProperty(field);
    });

    it('dates a status by the first time that it is reached', async () => {
      const id = await started(store());
      await store().finishAttempt(aFinish(id));
      await store().startAttempt(aStart(id, 2));
      await store().finishAttempt(aFinish(id, 2));
      expect((await found(store(), id)).statusTimes).toStrictEqual({
        queued: testStart,
        sending: after(10_000),
        retrying: after(10_500),
      });
    });

    it('counts an equal uncounted attempt where the first one stands', async () => {
      const id = await started(store());
      const halted = { outcome: 'halted', counted: false, reason: 'connection_refused' } as const;
      await store().finishAttempt(aFinish(id, 1, { status: 'queued', result: halted }));
      for (const number of [2, 3]) {
        await store().startAttempt(aStart(id, number));
        const finish = aFinish(id, number, {
          status: 'queued',
          wakeAt: after(9_000_000),
          mergeInto: 1,
          result: halted,
        });
        expect(await store().finishAttempt(finish)).toBe(true);
      }
      const stored = await found(store(), id);
      expect(stored).toMatchObject({ status: 'queued', wakeAt: after(9_000_000), lastAttemptNumber: 3 });
      expect(stored.attempts).toStrictEqual([
        anAttempt({
          startedAt: after(10_000),
          leaseUntil: after(35_000),
          ...halted,
          durationMs: 500,
          finishedAt: after(30_500),
          times: 3,
        }),
      ]);
      expect(await store().startAttempt(aStart(id, 3))).toBeUndefined();
      expect(await store().startAttempt(aStart(id, 4))).toBeDefined();
    });
  });
}
