import { Stage, aNotification, acceptance, after, outcomes, queuedStage, runLanes } from '@earlybird/testing';
import type { Outcome } from '../attempt/outcome.js';
import type { Notification } from '../notification/notification.js';
import { envelopeOf } from './conclude.js';
import { dispatchNotification } from './dispatch-notification.js';

const minute = 60_000;

describe('finishing an attempt', () => {
  describe('a late answer', () => {
    /** While the provider takes its time, the lease runs out and another worker closes the attempt. */
    async function answeredLate(outcome?: Outcome, between: (stage: Stage) => Promise<void> = async () => undefined) {
      const { stage, notification, dispatch, now, envelope } = await queuedStage();
      const slow = dispatchNotification(stage.worker('slow'));
      stage.sender.script = async (shipment, nth) => {
        if (nth > 1) return outcomes.deferred;
        await stage.clock.advance(30_000);
        await dispatch(envelope(true));
        await between(stage);
        return outcome ?? acceptance(shipment);
      };
      await slow(envelope());
      return { stage, notification, dispatch, now };
    }

    it('is recorded, and the waiting next attempt finds it sent', async () => {
      const { stage, dispatch, now } = await answeredLate();
      expect(now()).toMatchObject({ status: 'sent', attempts: [{ outcome: 'accepted' }] });
      expect(stage.reporter.of('late_answer')).toMatchObject([{ attempt: 1, recorded: true }]);
      await runLanes(stage, dispatch);
      expect(stage.sender.shipments).toHaveLength(1);
      expect(now().status).toBe('sent');
    });

    it('prevents a third send when it comes while the second is under way', async () => {
      const { stage, dispatch, now } = await answeredLate(undefined, async (during) => {
        await during.clock.advance(5 * minute);
        const second = during.queue.take();
        if (second === undefined) throw new Error('the second attempt was not asked for');
        // The second attempt starts and stays open until the first one's answer is recorded.
        const worker = during.worker('second');
        const sender = {
          send: async () => new Promise<Outcome>((resolve) => setImmediate(() => resolve(outcomes.deferred))),
        };
        void dispatchNotification({ ...worker, sender })(second);
        while (during.now(second.notificationId).status !== 'sending') await Promise.resolve();
      });
      await stage.clock.advance(0);
      await runLanes(stage, dispatch);
      expect(now()).toMatchObject({ status: 'sent' });
      expect(now().attempts[0]).toMatchObject({ outcome: 'accepted' });
      expect(now().attempts.length).toBeLessThanOrEqual(2);
    });

    it('places the receipts that came for it before', async () => {
      const { now } = await answeredLate(undefined, async ({ stores, log }) => {
        const [notification] = log.filter(() => true);
        const providerMessageId = `wamid of ${notification?.id ?? ''} attempt 1`;
        await stores.receipts.keepOrphan({
          providerMessageId,
          status: 'delivered',
          at: after(1),
          receivedAt: after(2),
        });
      });
      expect(now().status).toBe('delivered');
    });

    it('is not taken for the end that another wrote at the same instant', async () => {
      const { stage, now } = await answeredLate(outcomes.unknown);
      expect(now()).toMatchObject({ status: 'retrying', attempts: [{ outcome: 'unknown', reason: 'lease_over' }] });
      expect(stage.queue.delayed).toHaveLength(1);
    });

    it('that is no acceptance changes nothing', async () => {
      const { stage, now } = await answeredLate({ kind: 'refused', reason: 'bad_number' });
      expect(now()).toMatchObject({ status: 'retrying', attempts: [{ outcome: 'unknown', reason: 'lease_over' }] });
      expect(stage.reporter.of('late_answer')).toMatchObject([{ recorded: false }]);
    });
  });

  describe('a receipt that was faster than the answer', () => {
    async function outrun(outcome: (notification: Notification) => Outcome, parts: Partial<Notification> = {}) {
      const { stage, notification, dispatch, now, envelope } = await queuedStage(undefined, parts);
      stage.sender.script = async ({ attempt }) => {
        await stage.stores.receipts.apply({
          providerMessageId: `wamid of ${notification.id} attempt ${attempt}`,
          reference: { notificationId: notification.id, attempt },
          status: 'delivered',
          at: after(1),
          receivedAt: after(2),
        });
        return outcome(notification);
      };
      await dispatch(envelope());
      return { stage, notification, dispatch, now };
    }

    it('stands when the answer is an acceptance', async () => {
      const { now } = await outrun(({ id }) => acceptance({ notificationId: id, attempt: 1 }));
      expect(now()).toMatchObject({ status: 'delivered', attempts: [{ outcome: 'accepted' }] });
    });

    it.each([outcomes.deferred, outcomes.unknown, outcomes.halted])(
      'stands when the attempt is $kind, and nothing is tried again',
      async (outcome) => {
        const { stage, now } = await outrun(() => outcome);
        expect(now()).toMatchObject({ status: 'delivered', attempts: [{ outcome: outcome.kind }] });
        expect(stage.queue.delayed).toEqual([]);
      },
    );

    it('stands when the last attempt failed, and nothing is parked', async () => {
      const policy = { retry: { maxAttempts: 1, delayMs: minute, backoff: 'fixed' } } as const;
      const stage = new Stage(policy);
      const notification = await stage.keep(aNotification());
      stage.sender.script = async () => {
        const change = { id: notification.id, from: ['sending'], to: 'delivered', at: after(1) } as const;
        await stage.stores.notifications.changeStatus(change);
        return outcomes.deferred;
      };
      await dispatchNotification(stage.worker())(envelopeOf(notification, 1));
      expect(stage.now(notification.id).status).toBe('delivered');
      expect(stage.queue.parked).toEqual([]);
    });

    it('and was kept as an orphan finds its place with the acceptance', async () => {
      const { stage, notification, dispatch, now, envelope } = await queuedStage();
      const providerMessageId = `wamid of ${notification.id} attempt 1`;
      for (const [status, ms] of [
        ['read', 9],
        ['delivered', 5],
      ] as const)
        await stage.stores.receipts.keepOrphan({ providerMessageId, status, at: after(ms), receivedAt: after(10) });
      await dispatch(envelope());
      expect(now()).toMatchObject({ status: 'read', receipts: [{ status: 'delivered' }, { status: 'read' }] });
      expect(await stage.stores.receipts.findOrphans(providerMessageId)).toEqual([]);
    });
  });
});
