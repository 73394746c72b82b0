import { aReceipt, type Stage, after, outcomes, queuedStage, runLanes, testStart } from '@earlybird/testing';
import type { Outcome } from '../attempt/outcome.js';
import type { Notification } from '../notification/notification.js';
import { dispatchNotification } from './dispatch-notification.js';

const minute = 60_000;

describe('making an attempt', () => {
  /** The outcome table of architecture.md: status, counted, and what becomes of the envelope. */
  it.each<[string, Outcome, Partial<Notification>, string, boolean, string]>([
    ['deferred', outcomes.deferred, {}, 'retrying', true, 'retry 2 in 300000'],
    ['refused', { kind: 'refused', reason: 'bad_number' }, {}, 'failed', true, 'nothing'],
    [
      'throttled, short',
      { kind: 'throttled', scope: 'sender', reason: 'rate', retryAfterMs: 2_000 },
      {},
      'queued',
      false,
      'defer 2',
    ],
    [
      'throttled, long',
      { kind: 'throttled', scope: 'recipient', reason: 'rate', retryAfterMs: 86_400_000 },
      {},
      'scheduled',
      false,
      'nothing',
    ],
    ['halted', outcomes.halted, {}, 'queued', false, 'defer 2'],
    ['unknown, resend', outcomes.unknown, {}, 'retrying', true, 'retry 2 in 300000'],
    ['unknown, hold', outcomes.unknown, { messageType: 'payment_confirmation' }, 'unknown', true, 'nothing'],
  ])('an attempt that is %s', async (_outcome, outcome, parts, status, counted, settled) => {
    const { stage, dispatch, now, envelope } = await queuedStage(outcome, {
      ...parts,
      context: { customer_name: 'Jo', order_id: 'o', amount: 1 },
    });
    await dispatch(envelope());
    expect(now()).toMatchObject({ status, attempts: [{ outcome: outcome.kind, counted }] });
    const [waiting] = stage.queue.delayed;
    const delayMs = waiting?.untilMs ?? 0;
    const left =
      waiting === undefined
        ? 'nothing'
        : delayMs === stage.policy.deferDelayMs
          ? `defer ${waiting.envelope.attempt}`
          : `retry ${waiting.envelope.attempt} in ${delayMs}`;
    expect(left).toBe(settled);
    expect(stage.queue.parked).toEqual([]);
    expect(stage.queue.take()).toBeUndefined();
    expect(now().wakeAt !== undefined).toBe(['queued', 'retrying', 'scheduled'].includes(status));
  });

  describe('asks before every attempt whether it is still wanted', () => {
    it.each<[string, Partial<Notification>, (stage: Stage) => unknown, string, string]>([
      [
        'suppressed',
        {},
        ({ settings }) => settings.putPerson({ userId: 'cust_123', notificationsEnabled: false }),
        'suppressed',
        'notifications_disabled',
      ],
      [
        'suppressed by number',
        {},
        ({ settings }) => settings.suppressNumber('+919876543210', 'bad_number', testStart, after(1)),
        'suppressed',
        'number_unreachable',
      ],
      ['expired', { validUntil: testStart }, () => undefined, 'expired', 'validity_passed'],
      [
        'without a variable',
        { context: { customer_name: 'Jo' } },
        () => undefined,
        'failed',
        'missing_variable order_id',
      ],
    ])('%s', async (_rule, parts, prepare, status, statusReason) => {
      const { stage, dispatch, now, envelope } = await queuedStage(undefined, parts);
      await prepare(stage);
      await dispatch(envelope());
      expect(now()).toMatchObject({ status, statusReason, attempts: [], lastAttemptNumber: 0 });
      expect(now()).not.toHaveProperty('wakeAt');
      expect(stage.sender.shipments).toEqual([]);
      expect(stage.queue.delayed).toEqual([]);
      expect(stage.reporter.of('status_changed')).toMatchObject([{ status, reason: statusReason }]);
    });

    it('without template', async () => {
      const { stage, now, envelope } = await queuedStage();
      const templates = { findPublished: async () => undefined, object: async () => false };
      await dispatchNotification({ ...stage.worker(), templates })(envelope());
      expect(now()).toMatchObject({ status: 'failed', statusReason: 'template_missing', attempts: [] });
      expect(now()).not.toHaveProperty('wakeAt');
    });

    it('and switched off while it waits for a retry, it is not sent', async () => {
      const { stage, dispatch, now, envelope } = await queuedStage(outcomes.deferred);
      await stage.queue.enqueue(envelope());
      await dispatch(stage.queue.take() ?? envelope());
      stage.settings.putPerson({ userId: 'cust_123', notificationTypes: { order_confirmation: false } });
      await runLanes(stage, dispatch);
      expect(now()).toMatchObject({ status: 'suppressed', statusReason: 'message_type_disabled', attempts: [{}] });
      expect(stage.sender.shipments).toHaveLength(1);
    });

    it('and puts it off to the end of quiet hours, with its attempts', async () => {
      const night = new Date('2026-02-01T23:00+05:30');
      const morning = new Date('2026-02-02T07:00+05:30');
      const { stage, dispatch, now, envelope } = await queuedStage(outcomes.deferred, {
        messageType: 'delivery_reminder',
        context: { customer_name: 'Jo', delivery_date: '2026-02-03' },
        validUntil: after(48 * 60 * minute),
      });
      await stage.queue.enqueue(envelope());
      await dispatch(stage.queue.take() ?? envelope());
      await stage.clock.advance(night.getTime() - testStart.getTime());
      stage.settings.putPerson({ userId: 'cust_123', doNotDisturbStart: '22:00', doNotDisturbEnd: '07:00' });
      await runLanes(stage, dispatch);
      expect(now()).toMatchObject({
        status: 'scheduled',
        statusReason: 'quiet_hours',
        dueAt: morning,
        wakeAt: morning,
        attempts: [{}],
      });
      expect(now()).not.toHaveProperty('nextAttemptAt');
    });

    it('and keeps the reason when it goes out in quiet hours because it would be worthless afterwards', async () => {
      const night = new Date('2026-02-01T23:00+05:30');
      const { stage, dispatch, now, envelope } = await queuedStage(undefined, {
        messageType: 'delivery_reminder',
        context: { customer_name: 'Jo', delivery_date: '2026-02-02' },
        validUntil: new Date('2026-02-02T06:00+05:30'),
      });
      await stage.clock.advance(night.getTime() - testStart.getTime());
      stage.settings.putPerson({ userId: 'cust_123', doNotDisturbStart: '22:00', doNotDisturbEnd: '07:00' });
      await dispatch(envelope());
      expect(now()).toMatchObject({ status: 'sent', statusReason: 'quiet_hours_overridden_by_validity' });
      await stage.stores.receipts.apply(aReceipt({ providerMessageId: now().providerMessageId ?? '' }));
      expect(now()).toMatchObject({
        status: 'delivered',
        decision: {
          reason: 'quiet_hours_overridden_by_validity',
          preferences: { doNotDisturbStart: '22:00', doNotDisturbEnd: '07:00' },
        },
      });
    });
  });
});
