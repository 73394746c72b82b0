import { heldParts, Interruption, outcomes, queuedStage, runLanes } from '@earlybird/testing';
import { attemptsExhausted } from '../attempt/judge-attempt.js';
import { dispatchNotification } from './dispatch-notification.js';

describe.each(['before', 'after'] as const)('a worker that is killed %s a step of dispatching', (when) => {
  const steps = 8;

  /** Ports are called in this order: find, template, settings, start, send, finish, find (orphans or as stored), settle. */
  it.each(Array.from({ length: steps }, (_, index) => index + 1))(
    '(the %i. one), ends in one acceptance and no second send that no rule calls for',
    async (step) => {
      const { stage, dispatch, now, envelope } = await queuedStage();
      const interruption = new Interruption(step, when);
      const dying = dispatchNotification(stage.worker('dying', interruption));
      await dying(envelope()).catch(() => stage.queue.enqueue(envelope(true)));
      await runLanes(stage, dispatch);
      expect(now()).toMatchObject({ status: 'sent' });
      expect(now()).not.toHaveProperty('wakeAt');
      const doubtful = now().attempts.filter(({ outcome }) => outcome === 'unknown').length;
      expect(stage.sender.shipments.length).toBeLessThanOrEqual(1 + doubtful);
    },
  );

  it.each(Array.from({ length: steps }, (_, index) => index + 1))(
    '(the %i. one) of an attempt that fails, makes three attempts in all and parks',
    async (step) => {
      const { stage, dispatch, now, envelope } = await queuedStage(outcomes.deferred);
      const dying = dispatchNotification(stage.worker('dying', new Interruption(step, when)));
      await dying(envelope()).catch(() => stage.queue.enqueue(envelope(true)));
      await runLanes(stage, dispatch);
      expect(now()).toMatchObject({ status: 'failed', statusReason: attemptsExhausted });
      expect(now().attempts.filter(({ counted }) => counted)).toHaveLength(3);
      expect(stage.queue.parked).toHaveLength(1);
    },
  );

  it.each(Array.from({ length: steps }, (_, index) => index + 1))(
    '(the %i. one) under hold, never sends a second time',
    async (step) => {
      const { stage, dispatch, now, envelope } = await queuedStage(undefined, heldParts);
      const dying = dispatchNotification(stage.worker('dying', new Interruption(step, when)));
      await dying(envelope()).catch(() => stage.queue.enqueue(envelope(true)));
      await runLanes(stage, dispatch);
      expect(['sent', 'unknown']).toContain(now().status);
      expect(stage.sender.shipments.length).toBeLessThanOrEqual(1);
    },
  );

  it('has no further step', async () => {
    for (const outcome of [undefined, outcomes.deferred]) {
      const { stage, envelope } = await queuedStage(outcome);
      const interruption = new Interruption(100, when);
      await dispatchNotification(stage.worker('living', interruption))(envelope());
      expect(interruption.calls).toBeLessThanOrEqual(steps);
      expect(interruption.calls).toBeGreaterThanOrEqual(steps - 1);
    }
  });
});
