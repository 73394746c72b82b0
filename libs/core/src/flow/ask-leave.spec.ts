import {
  MemoryValue,
  type QueuedStage,
  after,
  databaseAway,
  outcomes,
  queuedStage,
  runLanes,
} from '@earlybird/testing';
import type { GatePass, ProviderGate } from '../attempt/provider-gate.js';
import type { ProviderState } from '../attempt/provider-state.js';
import type { SendPermit } from '../attempt/send-permit.js';
import { BreakerGate } from '../attempt/breaker-gate.js';
import type { Notification } from '../notification/notification.js';
import { dispatchNotification } from './dispatch-notification.js';
import { sweep } from './sweep.js';

const minute = 60_000;
const cause = { scope: 'account', reason: 'account_unauthorized' } as const;

/** A queued notification before a gate and a rate that answer as they are told, and remember what they were told. */
async function before(pass: GatePass, permit: SendPermit, parts: Partial<Notification> = {}, isHalted = false) {
  const queued = await queuedStage(undefined, parts);
  const told: string[] = [];
  const gate: ProviderGate = {
    enter: async () => pass,
    leave: async () => void told.push('left'),
    tell: async (by, phone, { kind }) => void told.push(`${by.kind} ${phone} ${kind}`),
    halt: async () => undefined,
    isHalted: async () => isHalted,
  };
  const permits = {
    acquire: async () => permit,
    heed: async ({ kind }: { readonly kind: string }) => void told.push(`heed ${kind}`),
  };
  const worker = { ...queued.stage.worker(), gate, permits };
  return { ...queued, told, worker, dispatch: dispatchNotification(worker) };
}

const open: GatePass = { kind: 'open', at: after(0) };
const trial: GatePass = { kind: 'trial', at: after(0), holder: 'me' };
const halted: GatePass = { kind: 'halted', cause };
const granted: SendPermit = { kind: 'granted', end: () => undefined };
const wait: SendPermit = { kind: 'wait', waitMs: 6_000, reason: 'recipient_rate' };

function expectPostponed({ stage, now }: QueuedStage, reason: string): void {
  expect(now()).toMatchObject({ status: 'queued', attempts: [], lastAttemptNumber: 0 });
  expect(stage.sender.shipments).toEqual([]);
  expect(stage.queue.delayed).toMatchObject([{ envelope: { attempt: 1, repeat: false }, story: { reason } }]);
  expect(stage.reporter.of('dispatch_postponed')).toMatchObject([{ attempt: 1, reason }]);
}

describe('before an attempt', () => {
  it('gate and rate are asked, and are told what it came to', async () => {
    const { dispatch, envelope, now, told } = await before(open, granted);
    await dispatch(envelope());
    expect(now().status).toBe('sent');
    expect(told).toEqual(['open +919876543210 accepted', 'heed accepted']);
  });

  it('a halted provider sends the envelope to the defer queue, and no attempt is made', async () => {
    const setting = await before(halted, granted);
    await setting.dispatch(setting.envelope());
    expectPostponed(setting, 'provider_halted');
    expect(setting.told).toEqual([]);
  });

  it('a rate that is used up does the same, and the trial is left to another', async () => {
    const setting = await before(trial, wait);
    await setting.dispatch(setting.envelope());
    expectPostponed(setting, 'recipient_rate');
    expect(setting.told).toEqual(['left']);
  });

  it('a provider that was lost while it waited for the rate is noticed', async () => {
    const setting = await before(open, granted, {}, true);
    await setting.dispatch(setting.envelope());
    expectPostponed(setting, 'provider_halted');
  });

  it('the trial goes out although everything else is halted', async () => {
    const { dispatch, envelope, now, told } = await before(trial, granted, {}, true);
    await dispatch(envelope());
    expect(now().status).toBe('sent');
    expect(told[0]).toBe('trial +919876543210 accepted');
  });

  it('the trial is left to another when a copy was faster', async () => {
    const { stage, worker, told, envelope } = await before(trial, granted);
    const notifications = { ...worker.notifications, startAttempt: async () => undefined };
    Object.setPrototypeOf(notifications, worker.notifications);
    await dispatchNotification({ ...worker, notifications })(envelope());
    expect(told).toEqual(['left']);
    expect(stage.sender.shipments).toEqual([]);
  });

  describe('leave that was granted ends once', () => {
    const cases = ['sent', 'lost', 'unreadable gate', 'duplicate', 'unstarted'] as const;
    it.each(cases)('%s', async (how) => {
      let ends = 0;
      const permit: SendPermit = { kind: 'granted', end: () => (ends += 1) };
      const { stage, worker, envelope } = await before(open, permit, {}, how === 'lost');
      const { notifications, gate } = worker;
      const startAttempt = {
        sent: notifications.startAttempt.bind(notifications),
        lost: notifications.startAttempt.bind(notifications),
        'unreadable gate': notifications.startAttempt.bind(notifications),
        duplicate: async () => undefined,
        unstarted: async () => Promise.reject(databaseAway),
      }[how];
      const isHalted = () => (how === 'unreadable gate' ? Promise.reject(databaseAway) : gate.isHalted());
      const broken = Object.setPrototypeOf({ startAttempt }, notifications) as typeof notifications;
      stage.sender.script = ({ notificationId }) => {
        // As soon as it is on its way, not when the answer comes.
        void Promise.resolve().then(() => (endsBeforeTheAnswer = ends));
        return { kind: 'accepted', providerMessageId: notificationId };
      };
      let endsBeforeTheAnswer = 0;
      await dispatchNotification({ ...worker, notifications: broken, gate: { ...gate, isHalted } })(envelope()).catch(
        (error: unknown) => expect(error).toBe(databaseAway),
      );
      expect({ ends, endsBeforeTheAnswer }).toEqual({ ends: 1, endsBeforeTheAnswer: how === 'sent' ? 1 : 0 });
    });
  });

  it('a retry keeps its number and its status', async () => {
    const retrying = { status: 'retrying', lastAttemptNumber: 1 } as const;
    const { stage, dispatch, envelope, now } = await before(halted, granted, retrying);
    await dispatch({ ...envelope(), attempt: 2 });
    expect(now()).toMatchObject({ status: 'retrying', lastAttemptNumber: 1 });
    expect(stage.queue.delayed).toMatchObject([{ envelope: { attempt: 2 } }]);
  });

  it('nothing is written while the sweeper is far off, and its moment is moved on when it is near', async () => {
    const far = await before(halted, granted, { wakeAt: after(minute + 1) });
    await far.dispatch(far.envelope());
    expect(far.now().wakeAt).toEqual(after(minute + 1));
    const near = await before(halted, granted, { wakeAt: after(minute) });
    await near.dispatch(near.envelope());
    expect(near.now()).toMatchObject({
      status: 'queued',
      wakeAt: after(30 * minute),
      statusReason: 'provider_halted',
      sweeps: 0,
    });
  });
});

describe('an outage of hours', () => {
  it('costs no attempt and no copy, and everything is sent when it is over', async () => {
    const { stage, envelope, now } = await queuedStage(undefined, { validUntil: after(48 * 60 * minute) });
    const store = new MemoryValue<ProviderState>();
    const backOff = { minMs: 30_000, maxMs: 600_000 };
    const gate = new BreakerGate({ store, clock: stage.clock, worker: 'w', backOff, claimMs: 35_000 });
    const worker = { ...stage.worker(), gate };
    const dispatch = dispatchNotification(worker);
    stage.sender.script = () => outcomes.halted;
    await stage.queue.enqueue(envelope());
    for (let round = 0; round < 5 * 120; round += 1) {
      for (let next = stage.queue.take(); next !== undefined; next = stage.queue.take()) await dispatch(next);
      await sweep(worker)();
      await gate.tend(async () => ({ kind: 'halted', cause }));
      await stage.clock.advance(30_000);
    }
    expect(now()).toMatchObject({ status: 'queued', attempts: [{ counted: false }], sweeps: 0 });
    expect(stage.sender.shipments).toHaveLength(1);
    stage.sender.script = (shipment) => ({ kind: 'accepted', providerMessageId: shipment.notificationId });
    await stage.clock.advance(600_000);
    await gate.tend(async () => ({ kind: 'good' }));
    expect(await runLanes(stage, dispatch)).toBe(1);
    expect(now()).toMatchObject({ status: 'sent', attempts: [{}, { outcome: 'accepted' }] });
  });

  it("is none of the sweeper's business, however long nothing was consumed", async () => {
    const { stage, now } = await queuedStage(undefined, { wakeAt: after(-1) });
    const gate = { ...stage.worker().gate, isHalted: async () => true };
    expect(await sweep({ ...stage.worker(), gate })()).toBe(0);
    expect(now().sweeps).toBe(0);
    expect(await sweep(stage.worker())()).toBe(1);
  });
});
