import { Interruption, databaseAway, heldParts, queuedStage, runLanes } from '@earlybird/testing';
import type { Notification } from '../notification/notification.js';
import { dispatchNotification } from './dispatch-notification.js';

describe('closing an abandoned attempt', () => {
  /** An attempt that was started and never finished; its worker answers no more. */
  async function orphaned(parts: Partial<Notification> = {}) {
    const { stage, dispatch, now, envelope } = await queuedStage(undefined, parts);
    const dead = dispatchNotification(stage.worker('dead', new Interruption(5, 'before')));
    await expect(dead(envelope())).rejects.toThrow('killed');
    expect(now().status).toBe('sending');
    return { stage, dispatch, now, envelope };
  }

  it('waits while the lease runs, with the duty to look again', async () => {
    const { stage, dispatch, envelope } = await orphaned();
    await dispatch(envelope(true));
    expect(stage.queue.delayed).toMatchObject([
      { envelope: { attempt: 1, repeat: true }, story: { reason: 'attempt_in_progress' } },
    ]);
    expect(stage.sender.shipments).toEqual([]);
  });

  it('calls the attempt unknown when the lease is over, and tries again under resend', async () => {
    const { stage, dispatch, now, envelope } = await orphaned();
    await stage.queue.enqueue(envelope(true));
    await runLanes(stage, dispatch);
    expect(now()).toMatchObject({
      status: 'sent',
      attempts: [{ outcome: 'unknown', reason: 'lease_over', counted: true }, { outcome: 'accepted' }],
    });
    expect(stage.reporter.of('late_answer')).toEqual([]);
  });

  it('leaves it to a receipt or a person under hold', async () => {
    const { stage, dispatch, now, envelope } = await orphaned(heldParts);
    await stage.queue.enqueue(envelope(true));
    await runLanes(stage, dispatch);
    expect(now()).toMatchObject({ status: 'unknown', statusReason: 'lease_over' });
    expect(stage.sender.shipments).toEqual([]);
  });

  it('closes it once, whoever looks first', async () => {
    const { stage, now, envelope } = await orphaned();
    await stage.clock.advance(25_000);
    const workers = Array.from({ length: 10 }, (_, index) => dispatchNotification(stage.worker(`worker-${index}`)));
    await Promise.all(workers.map((dispatch) => dispatch(envelope(true))));
    expect(now()).toMatchObject({ status: 'retrying', attempts: [{ outcome: 'unknown' }] });
    expect(stage.queue.delayed).toHaveLength(1);
  });

  it.each(['before', 'after'] as const)(
    'throws an outage (%s the write), and the envelope handed over once more is settled once',
    async (when) => {
      const { stage, dispatch, now, envelope } = await orphaned();
      await stage.clock.advance(25_000);
      // The second call of a port, after the notification was found.
      const unlucky = dispatchNotification(stage.worker('unlucky', new Interruption(2, when, databaseAway)));
      await expect(unlucky(envelope(true))).rejects.toBe(databaseAway);
      await dispatch(envelope(true));
      expect(now()).toMatchObject({ status: 'retrying', attempts: [{ outcome: 'unknown' }] });
      expect(stage.queue.delayed).toHaveLength(1);
    },
  );
});
