import { type NotificationStore, deliveryStatuses, nextStatus, waitingStatuses } from '@earlybird/core';
import { aNotification } from '../builders/a-notification.js';
import { anAttempt } from '../builders/an-attempt.js';
import { after, testStart } from '../builders/instant.js';
import { aFinish, aStart, anAcceptance, found, put, winners } from './notification-steps.js';
import { notificationWakingContract } from './notification-waking.contract.js';
import type { MakeStores, StoresUnderTest } from './stores-under-test.js';

/** What every NotificationStore promises (data.md, architecture.md). */
export function notificationStoreContract(name: string, makeStores: MakeStores): void {
  describe(`${name} keeps the contract of the notification store`, () => {
    let stores: StoresUnderTest;
    let store: NotificationStore;
    beforeAll(async () => {
      stores = await makeStores();
      store = stores.notifications;
    });
    afterAll(() => stores.close());

    const created = async (parts: Parameters<typeof aNotification>[0] = {}) => {
      const notification = aNotification(parts);
      await store.create(notification);
      return notification;
    };
    const started = async (parts: Parameters<typeof aStart>[2] = {}) => {
      const { id } = await created();
      await store.startAttempt(aStart(id, 1, parts));
      return id;
    };
    /** With a closed unknown attempt, then moved on to another status. */
    const doubtful = async (status: (typeof deliveryStatuses)[number]) => {
      const id = await started();
      await store.finishAttempt(
        aFinish(id, 1, {
          status: 'unknown',
          statusReason: 'timeout',
          result: { outcome: 'unknown', reason: 'timeout' },
        }),
      );
      await put(store, id, status, after(900_000));
      return id;
    };

    describe('creating', () => {
      it('gives back exactly what was created, with absent fields absent', async () => {
        const notification = await created();
        expect(await found(store, notification.id)).toStrictEqual(notification);
      });

      it('keeps every optional field', async () => {
        const notification = await created({
          traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
          requestedBy: 'shop',
          requestDigest: 'digest',
          status: 'scheduled',
          statusReason: 'quiet_hours',
          dueAt: after(60_000),
          wakeAt: after(60_000),
          nextAttemptAt: after(60_000),
          templateVersion: 2,
          text: 'Hello',
          resendOf: 'msg_old',
          recipient: { phone: '+919876543210', userId: 'u', name: 'Jo', marketingConsent: false },
          context: { customer_name: 'Jo', items: [{ product_id: 'p', quantity: 2 }], note: null, 'a.b': '$c' },
          attempts: [anAttempt({ onUnknown: 'hold' })],
          lastAttemptNumber: 1,
          adminActions: [{ at: after(5), by: 'admin', action: 'resent', note: 'asked for' }],
        });
        expect(await found(store, notification.id)).toStrictEqual(notification);
      });

      it('finds nothing under an id that nobody created', async () => {
        expect(await store.find('msg_nobody')).toBeUndefined();
      });

      it('happens once per idempotency key and answers with the one that holds it', async () => {
        const first = await created();
        const creation = await store.create(aNotification({ idempotencyKey: first.idempotencyKey }));
        expect(creation).toStrictEqual({ kind: 'exists', notification: first });
      });

      it('lets one of fifty at once create under a key', async () => {
        const { idempotencyKey } = aNotification();
        const rivals = Array.from({ length: 50 }, () => aNotification({ idempotencyKey }));
        const creations = await Promise.all(rivals.map((rival) => store.create(rival)));
        expect(creations.filter(({ kind }) => kind === 'created')).toHaveLength(1);
        const winner = rivals[creations.findIndex(({ kind }) => kind === 'created')];
        for (const creation of creations)
          if (creation.kind === 'exists') expect(creation.notification).toStrictEqual(winner);
      });
    });

    describe('starting an attempt', () => {
      it('takes number, lease and text, and answers with the notification as it is now', async () => {
        const notification = await created({
          statusReason: 'provider_error',
          nextAttemptAt: after(1),
          dueAt: after(2),
          wakeAt: after(3),
        });
        const { statusReason: _r, nextAttemptAt: _n, dueAt: _d, ...kept } = notification;
        const start = aStart(notification.id);
        const answer = await store.startAttempt(start);
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
        expect(await found(store, notification.id)).toStrictEqual(answer);
      });

      it('keeps the reason for which it leaves all the same', async () => {
        const id = await started({ statusReason: 'quiet_hours_overridden_by_validity' });
        expect(await found(store, id)).toMatchObject({ statusReason: 'quiet_hours_overridden_by_validity' });
      });

      it('lets one of fifty workers at once take the number', async () => {
        const { id } = await created();
        const answers = await Promise.all(
          Array.from({ length: 50 }, (_, index) => store.startAttempt(aStart(id, 1, { worker: `worker-${index}` }))),
        );
        expect(winners(answers)).toBe(1);
        const winner = answers.findIndex((answer) => answer !== undefined);
        expect((await found(store, id)).attempts).toMatchObject([{ number: 1, worker: `worker-${winner}` }]);
      });

      it.each(deliveryStatuses)('is allowed from %s as the state machine says', async (status) => {
        const { id } = await created({ status });
        const answer = await store.startAttempt(aStart(id));
        expect(answer !== undefined).toBe(nextStatus(status, 'attempt_started') !== undefined);
      });

      it('never uses a number twice', async () => {
        const id = await started();
        await store.finishAttempt(aFinish(id));
        const before = await found(store, id);
        expect(waitingStatuses).toContain(before.status);
        expect(await store.startAttempt(aStart(id, 1))).toBeUndefined();
        expect(await found(store, id)).toStrictEqual(before);
      });

      it('does nothing for a notification that does not exist', async () => {
        expect(await store.startAttempt(aStart('msg_nobody'))).toBeUndefined();
      });
    });

    describe('finishing an attempt', () => {
      it('stores what it came to and the new status in one write', async () => {
        const id = await started();
        const before = await found(store, id);
        const result = { errorCode: '131000', httpStatus: 500, detail: 'try later', reason: 'provider_error' };
        const finish = aFinish(id, 1, {
          statusReason: 'provider_error',
          nextAttemptAt: after(300_000),
          wakeAt: after(900_000),
          result,
        });
        expect(await store.finishAttempt(finish)).toBe(true);
        expect(await found(store, id)).toStrictEqual({
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
        const id = await started();
        expect(await store.finishAttempt(anAcceptance(id, 1, `wamid of ${id}`))).toBe(true);
        const stored = await found(store, id);
        expect(stored).toMatchObject({
          status: 'sent',
          providerMessageId: `wamid of ${id}`,
          attempts: [{ outcome: 'accepted', counted: true, providerMessageId: `wamid of ${id}` }],
        });
        for (const field of ['wakeAt', 'nextAttemptAt', 'dueAt', 'statusReason'])
          expect(stored).not.toHaveProperty(field);
      });

      it('sets when a throttled one is due', async () => {
        const id = await started();
        const dueAt = after(3_600_000);
        await store.finishAttempt(
          aFinish(id, 1, {
            status: 'scheduled',
            dueAt,
            wakeAt: dueAt,
            result: { outcome: 'throttled', counted: false },
          }),
        );
        expect(await found(store, id)).toMatchObject({ status: 'scheduled', dueAt, wakeAt: dueAt });
      });

      it('closes only an open attempt, whoever comes second', async () => {
        const id = await started();
        await store.finishAttempt(aFinish(id));
        const before = await found(store, id);
        expect(await store.finishAttempt(anAcceptance(id, 1, `late of ${id}`))).toBe(false);
        expect(await store.finishAttempt(anAcceptance(id, 2, `never of ${id}`))).toBe(false);
        expect(await store.finishAttempt(anAcceptance('msg_nobody', 1, 'nobody'))).toBe(false);
        expect(await found(store, id)).toStrictEqual(before);
      });

      it('lets one of fifty at once close it', async () => {
        const id = await started();
        const answers = await Promise.all(
          Array.from({ length: 50 }, (_, index) => store.finishAttempt(anAcceptance(id, 1, `wamid-${index} of ${id}`))),
        );
        expect(winners(answers)).toBe(1);
        const { providerMessageId, attempts } = await found(store, id);
        expect(providerMessageId).toBe(`wamid-${answers.indexOf(true)} of ${id}`);
        expect(attempts).toMatchObject([{ providerMessageId }]);
      });

      it('writes fifty different ones at once, each into its own notification', async () => {
        const ids = await Promise.all(Array.from({ length: 50 }, () => started()));
        const closed = await Promise.all(ids.map((id) => store.finishAttempt(anAcceptance(id, 1, `own of ${id}`))));
        expect(winners(closed)).toBe(50);
        for (const id of ids) expect(await found(store, id)).toMatchObject({ providerMessageId: `own of ${id}` });
      });

      it('leaves the status alone when a receipt was faster', async () => {
        const id = await started();
        const wamid = `fast of ${id}`;
        await stores.receipts.apply({
          providerMessageId: wamid,
          reference: { notificationId: id, attempt: 1 },
          status: 'delivered',
          at: after(10_100),
          receivedAt: after(10_200),
        });
        expect(await store.finishAttempt(anAcceptance(id, 1, wamid))).toBe(true);
        expect(await found(store, id)).toMatchObject({
          status: 'delivered',
          providerMessageId: wamid,
          attempts: [{ outcome: 'accepted', providerMessageId: wamid }],
        });
      });

      it('plans nothing when a receipt was faster than a failure', async () => {
        const id = await started();
        await put(store, id, 'delivered');
        const finish = aFinish(id, 1, { statusReason: 'provider_error', nextAttemptAt: after(1), wakeAt: after(2) });
        expect(await store.finishAttempt(finish)).toBe(true);
        const stored = await found(store, id);
        expect(stored).toMatchObject({ status: 'delivered', attempts: [{ outcome: 'deferred' }] });
        for (const field of ['wakeAt', 'nextAttemptAt', 'statusReason']) expect(stored).not.toHaveProperty(field);
      });

      it('dates a status by the first time that it is reached', async () => {
        const id = await started();
        await store.finishAttempt(aFinish(id));
        await store.startAttempt(aStart(id, 2));
        await store.finishAttempt(aFinish(id, 2));
        expect((await found(store, id)).statusTimes).toStrictEqual({
          queued: testStart,
          sending: after(10_000),
          retrying: after(10_500),
        });
      });

      it('counts an equal uncounted attempt where the first one stands', async () => {
        const id = await started();
        const halted = { outcome: 'halted', counted: false, reason: 'connection_refused' } as const;
        await store.finishAttempt(aFinish(id, 1, { status: 'queued', result: halted }));
        for (const number of [2, 3]) {
          await store.startAttempt(aStart(id, number));
          const finish = aFinish(id, number, {
            status: 'queued',
            wakeAt: after(9_000_000),
            mergeInto: 1,
            result: halted,
          });
          expect(await store.finishAttempt(finish)).toBe(true);
        }
        const stored = await found(store, id);
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
        expect(await store.startAttempt(aStart(id, 3))).toBeUndefined();
        expect(await store.startAttempt(aStart(id, 4))).toBeDefined();
      });
    });

    describe('a late answer', () => {
      it.each(deliveryStatuses)('makes the attempt accepted and moves %s as the state machine says', async (status) => {
        const id = await doubtful(status);
        const before = await found(store, id);
        const wamid = `late of ${id}`;
        expect(await store.recordLateAnswer(id, 1, wamid, after(50_000))).toBe(true);
        const stored = await found(store, id);
        expect(stored).toMatchObject({
          status: nextStatus(status, 'accepted_late') ?? status,
          providerMessageId: wamid,
          attempts: [{ number: 1, outcome: 'accepted', counted: true, providerMessageId: wamid }],
        });
        if (stored.status === before.status) expect(stored.wakeAt).toEqual(before.wakeAt);
        else for (const field of ['wakeAt', 'statusReason']) expect(stored).not.toHaveProperty(field);
      });

      it('does not displace the id of a later acceptance', async () => {
        const id = await doubtful('retrying');
        await store.startAttempt(aStart(id, 2));
        await store.finishAttempt(anAcceptance(id, 2, `second of ${id}`));
        expect(await store.recordLateAnswer(id, 1, `first of ${id}`, after(50_000))).toBe(true);
        const stored = await found(store, id);
        expect(stored.providerMessageId).toBe(`second of ${id}`);
        expect(stored.attempts.map((attempt) => attempt.providerMessageId)).toEqual([
          `first of ${id}`,
          `second of ${id}`,
        ]);
      });

      it('is refused for an attempt that is open, ended otherwise or does not exist', async () => {
        const open = await started();
        const deferred = await started();
        await store.finishAttempt(aFinish(deferred));
        for (const [id, number] of [
          [open, 1],
          [deferred, 1],
          [deferred, 2],
          ['msg_nobody', 1],
        ] as const)
          expect(await store.recordLateAnswer(id, number, `late of ${id}`, after(50_000))).toBe(false);
        expect(await found(store, deferred)).toMatchObject({ status: 'retrying', attempts: [{ outcome: 'deferred' }] });
      });
    });

    describe('changing the status', () => {
      it('sets what it says and clears what it does not say', async () => {
        const notification = await created({
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
        expect(await store.changeStatus({ ...change, to: 'scheduled', reason: 'quiet_hours' })).toBe(true);
        expect(await found(store, notification.id)).toStrictEqual({
          ...kept,
          status: 'scheduled',
          statusReason: 'quiet_hours',
          dueAt: after(80),
          wakeAt: after(90),
          updatedAt: after(70),
          statusTimes: { queued: testStart, scheduled: after(70) },
        });
        await store.changeStatus({ id: notification.id, from: ['scheduled'], to: 'cancelled', at: after(99) });
        const stored = await found(store, notification.id);
        for (const field of ['wakeAt', 'dueAt', 'nextAttemptAt', 'statusReason'])
          expect(stored).not.toHaveProperty(field);
      });

      it('is refused from any other status', async () => {
        const notification = await created({ status: 'sent' });
        expect(
          await store.changeStatus({ id: notification.id, from: waitingStatuses, to: 'cancelled', at: after(1) }),
        ).toBe(false);
        expect(await store.changeStatus({ id: 'msg_nobody', from: ['queued'], to: 'cancelled', at: after(1) })).toBe(
          false,
        );
        expect(await found(store, notification.id)).toStrictEqual(notification);
      });

      it('lets one of fifty at once make it', async () => {
        const { id } = await created({ status: 'scheduled' });
        const answers = await Promise.all(
          Array.from({ length: 50 }, () => store.changeStatus({ id, from: ['scheduled'], to: 'queued', at: after(1) })),
        );
        expect(winners(answers)).toBe(1);
      });
    });

    notificationWakingContract(() => store);
  });
}
