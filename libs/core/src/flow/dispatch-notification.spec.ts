import { aTemplate, acceptance, after, outcomes, queuedStage, runLanes, testStart } from '@earlybird/testing';
import { attemptsExhausted } from '../attempt/judge-attempt.js';
import type { Outcome } from '../attempt/outcome.js';
import { dispatchNotification } from './dispatch-notification.js';
import type { DispatchEnvelope } from './dispatch-queue.js';

const minute = 60_000;

describe('dispatching', () => {
  it('sends what was accepted once and leaves nothing behind', async () => {
    const { stage, notification, dispatch, now, envelope } = await queuedStage();
    await dispatch(envelope());
    expect(stage.sender.shipments).toEqual([
      {
        notificationId: notification.id,
        attempt: 1,
        phone: '+919876543210',
        message: { text: 'order_confirmation/en/1 for John Doe', template: aTemplate() },
        variables: notification.context,
      },
    ]);
    expect(now()).toMatchObject({
      status: 'sent',
      text: 'order_confirmation/en/1 for John Doe',
      templateVersion: 1,
      providerMessageId: `wamid of ${notification.id} attempt 1`,
      attempts: [
        { number: 1, outcome: 'accepted', counted: true, worker: expect.stringMatching('^worker-1 ') as string },
      ],
    });
    expect(now()).not.toHaveProperty('wakeAt');
    expect([stage.queue.take(), stage.queue.delayed, stage.queue.parked]).toEqual([undefined, [], []]);
    expect(stage.reporter.happenings.map(({ kind }) => kind)).toEqual(['attempt_started', 'attempt_finished']);
  });

  it('tries three times, five minutes apart, then fails and parks with the story', async () => {
    const { stage, notification, dispatch, now, envelope } = await queuedStage(outcomes.deferred);
    await stage.queue.enqueue(envelope());
    await runLanes(stage, dispatch);
    expect(stage.sender.shipments.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
    expect(now().attempts.map(({ startedAt }) => startedAt)).toEqual([
      testStart,
      after(5 * minute),
      after(10 * minute),
    ]);
    expect(now()).toMatchObject({ status: 'failed', statusReason: attemptsExhausted });
    expect(now()).not.toHaveProperty('wakeAt');
    expect(stage.queue.parked).toMatchObject([
      {
        envelope: { notificationId: notification.id, attempt: 3 },
        story: { reason: 'attempts_exhausted: provider_error', errorCode: '131000', firstFailedAt: testStart },
      },
    ]);
    expect(stage.reporter.of('notification_parked')).toMatchObject([{ attempt: 3, reason: attemptsExhausted }]);
  });

  it('succeeds with the third attempt after two failures', async () => {
    const { stage, dispatch, now, envelope } = await queuedStage();
    stage.sender.script = (shipment, nth) => (nth < 3 ? outcomes.deferred : acceptance(shipment));
    await stage.queue.enqueue(envelope());
    await runLanes(stage, dispatch);
    expect(now()).toMatchObject({ status: 'sent', attempts: [{}, {}, { outcome: 'accepted' }] });
    expect(now()).not.toHaveProperty('statusReason');
    expect(stage.queue.parked).toEqual([]);
  });

  it('costs no attempt while the provider is databaseAway, however long', async () => {
    const { stage, dispatch, now, envelope } = await queuedStage();
    stage.sender.script = (shipment, nth) => (nth <= 40 ? outcomes.halted : acceptance(shipment));
    await stage.queue.enqueue(envelope());
    await runLanes(stage, dispatch);
    expect(now()).toMatchObject({
      status: 'sent',
      lastAttemptNumber: 41,
      attempts: [
        {
          number: 1,
          outcome: 'halted',
          counted: false,
          times: 40,
          startedAt: testStart,
          finishedAt: after(39 * 30_000),
        },
        { number: 41, outcome: 'accepted' },
      ],
    });
  });

  it('obeys a wait that is longer than one round in the defer queue', async () => {
    const { stage, dispatch, now, envelope } = await queuedStage();
    const throttled: Outcome = { kind: 'throttled', scope: 'sender', reason: 'rate', retryAfterMs: 45_000 };
    stage.sender.script = (shipment, nth) => (nth === 1 ? throttled : acceptance(shipment));
    await stage.queue.enqueue(envelope());
    expect(await runLanes(stage, dispatch)).toBe(3);
    expect(now().attempts.map(({ startedAt }) => startedAt)).toEqual([testStart, after(60_000)]);
    expect(stage.reporter.of('dispatch_postponed')).toMatchObject([{ attempt: 2, reason: 'rate' }]);
  });

  describe('an envelope', () => {
    it('that came before is acked as a duplicate, and nothing is sent again', async () => {
      const { stage, dispatch, envelope } = await queuedStage();
      await dispatch(envelope());
      await dispatch(envelope());
      expect(stage.sender.shipments).toHaveLength(1);
      expect(stage.reporter.of('dispatch_duplicate')).toMatchObject([{ attempt: 1, status: 'sent' }]);
    });

    it.each(['cancelled', 'expired', 'suppressed', 'scheduled', 'unknown', 'delivered'] as const)(
      'whose notification is %s is done',
      async (status) => {
        const { stage, dispatch, envelope } = await queuedStage(undefined, { status });
        await dispatch(envelope());
        expect(stage.sender.shipments).toEqual([]);
        expect(stage.queue.delayed).toEqual([]);
      },
    );

    it('of a notification that nobody has is parked for a person', async () => {
      const { stage, dispatch } = await queuedStage();
      const stranger: DispatchEnvelope = {
        notificationId: 'msg_nobody',
        attempt: 2,
        lane: 'normal',
        repeat: false,
        correlationId: 'c',
      };
      await dispatch(stranger);
      expect(stage.queue.parked).toEqual([{ envelope: stranger, story: { reason: 'notification_missing' } }]);
      expect(stage.reporter.happenings).toMatchObject([{ kind: 'notification_missing', notificationId: 'msg_nobody' }]);
    });
  });

  it('sends once when fifty copies come to five workers at once', async () => {
    const { stage, now, envelope } = await queuedStage();
    const copies = Array.from({ length: 50 }, (_, copy) => ({ worker: `worker-${copy % 5}`, copy: envelope() }));
    await Promise.all(copies.map(({ worker, copy }) => dispatchNotification(stage.worker(worker))(copy)));
    expect(stage.sender.shipments).toHaveLength(1);
    expect(now()).toMatchObject({ status: 'sent', lastAttemptNumber: 1 });
  });

  it('makes exactly three requests and parks one envelope of a hundred copies to a number that always fails', async () => {
    const { stage, now, envelope } = await queuedStage(outcomes.deferred);
    for (let copy = 0; copy < 100; copy += 1) await stage.queue.enqueue(envelope());
    await runLanes(stage, async (first) => {
      const rest = Array.from({ length: 19 }, () => stage.queue.take()).filter((taken) => taken !== undefined);
      const twenty = [first, ...rest].map((each, index) => ({ each, worker: `worker-${index % 2}` }));
      await Promise.all(twenty.map(({ each, worker }) => dispatchNotification(stage.worker(worker))(each)));
    });
    expect(stage.sender.shipments).toHaveLength(3);
    expect(stage.queue.parked).toHaveLength(1);
    expect(now()).toMatchObject({ status: 'failed', statusReason: attemptsExhausted });
  });
});
