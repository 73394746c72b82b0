import {
  Interruption,
  Stage,
  aFinishedAttempt,
  aNotification,
  after,
  anAttempt,
  brokerAway,
  runLanes,
  testStart,
} from '@earlybird/testing';
import type { Notification } from '../notification/notification.js';
import { dispatchNotification } from './dispatch-notification.js';
import { sweep } from './sweep.js';

const minute = 60_000;
const overdue = { wakeAt: after(-1) };
const tried = { lastAttemptNumber: 1, attempts: [aFinishedAttempt({ outcome: 'deferred' })] };
const open = {
  lastAttemptNumber: 1,
  attempts: [anAttempt({ startedAt: after(-20 * minute), leaseUntil: after(-19 * minute) })],
};

async function staged(...notifications: readonly Partial<Notification>[]) {
  const stage = new Stage();
  const kept = await Promise.all(notifications.map((parts) => stage.keep(aNotification(parts))));
  return { stage, kept, id: kept[0]?.id ?? '', swept: sweep(stage.worker()) };
}

describe('the sweeper', () => {
  it.each<[string, Partial<Notification>, number, boolean]>([
    ['queued', { status: 'queued' }, 1, false],
    ['queued again', { status: 'queued', ...tried }, 2, false],
    ['retrying', { status: 'retrying', ...tried }, 2, false],
    ['sending, with the duty to look again', { status: 'sending', ...open }, 1, true],
  ])('enqueues again what is overdue: %s', async (_what, parts, attempt, repeat) => {
    const { stage, id, swept } = await staged({ ...parts, ...overdue });
    expect(await swept()).toBe(1);
    expect(stage.queue.take()).toMatchObject({ notificationId: id, attempt, repeat });
    expect(stage.now(id)).toMatchObject({ sweeps: 1, wakeAt: after(30 * minute), status: parts.status });
    expect(stage.reporter.of('swept')).toMatchObject([{ notificationId: id, sweeps: 1 }]);
  });

  it('leaves alone what is not overdue or not waiting', async () => {
    const { stage, swept } = await staged({ wakeAt: after(1) }, { status: 'unknown' }, { status: 'sent' });
    expect(await swept()).toBe(0);
    expect(stage.queue.take()).toBeUndefined();
  });

  it('asks the broker nothing while nothing wakes', async () => {
    const stage = new Stage();
    const interruption = new Interruption(100, 'before');
    await sweep(stage.worker('worker-1', interruption))();
    expect(interruption.calls).toBe(1);
  });

  it('brings a lost envelope to its end, once', async () => {
    const { stage, id, swept } = await staged(overdue);
    await swept();
    await runLanes(stage, dispatchNotification(stage.worker()));
    expect(stage.now(id)).toMatchObject({ status: 'sent' });
    expect(stage.sender.shipments).toHaveLength(1);
  });

  it('sends once what was only late: the copy is a duplicate', async () => {
    const { stage, id, swept } = await staged({ ...overdue, status: 'retrying', ...tried });
    await swept();
    const copy = stage.queue.take();
    const dispatch = dispatchNotification(stage.worker());
    for (const envelope of [copy, copy]) if (envelope !== undefined) await dispatch(envelope);
    expect(stage.sender.shipments).toHaveLength(1);
    expect(stage.now(id).status).toBe('sent');
  });

  describe('what is scheduled', () => {
    it('goes into its lane when it is due, and counts no sweep', async () => {
      const { stage, id, swept } = await staged({
        status: 'scheduled',
        lane: 'bulk',
        dueAt: after(-1),
        wakeAt: after(-1),
      });
      expect(await swept()).toBe(1);
      expect(stage.queue.take('bulk')).toMatchObject({ notificationId: id, attempt: 1, repeat: false });
      expect(stage.now(id)).toMatchObject({ status: 'queued', sweeps: 0, wakeAt: after(30 * minute) });
      expect(stage.now(id)).not.toHaveProperty('dueAt');
      expect(stage.reporter.of('status_changed')).toMatchObject([{ status: 'queued', reason: 'due' }]);
    });

    it('stays until then', async () => {
      const { swept } = await staged({ status: 'scheduled', dueAt: after(1), wakeAt: after(1) });
      expect(await swept()).toBe(0);
    });

    it('is found again when the worker is killed between the two steps', async () => {
      const { stage, id, swept } = await staged({ status: 'scheduled', wakeAt: after(-1) });
      const dying = sweep(stage.worker('dying', new Interruption(4, 'after')));
      await expect(dying()).rejects.toThrow('killed');
      expect(stage.now(id).status).toBe('queued');
      await stage.clock.advance(30 * minute);
      expect(await swept()).toBe(1);
      expect(stage.queue.take()).toMatchObject({ attempt: 1 });
    });

    it('is released by one of ten workers at once', async () => {
      const { stage } = await staged({ status: 'scheduled', wakeAt: after(-1) });
      const taken = await Promise.all(Array.from({ length: 10 }, (_, index) => sweep(stage.worker(`w${index}`))()));
      expect(taken.reduce((sum, count) => sum + count, 0)).toBe(1);
      expect(stage.queue.take()).toBeDefined();
      expect(stage.queue.take()).toBeUndefined();
    });
  });

  it('lets one of ten workers take what is overdue', async () => {
    const { stage, id } = await staged(overdue);
    await Promise.all(Array.from({ length: 10 }, (_, index) => sweep(stage.worker(`w${index}`))()));
    expect(stage.queue.take()).toBeDefined();
    expect(stage.queue.take()).toBeUndefined();
    expect(stage.now(id).sweeps).toBe(1);
  });

  it('waits twice as long each time and gives up after the fifth', async () => {
    const { stage, id, swept } = await staged(overdue);
    for (const [index, minutes] of [30, 60, 120, 240, 480].entries()) {
      expect(await swept()).toBe(1);
      expect(stage.queue.take()).toBeDefined();
      await stage.clock.advance(minutes * minute - 1);
      expect([index, await swept()]).toEqual([index, 0]);
      await stage.clock.advance(1);
    }
    expect(await swept()).toBe(1);
    expect(stage.now(id)).toMatchObject({ status: 'failed', statusReason: 'lost_or_poison' });
    expect(stage.now(id)).not.toHaveProperty('wakeAt');
    expect(stage.queue.take()).toBeUndefined();
    expect(stage.reporter.of('status_changed')).toMatchObject([{ status: 'failed', reason: 'lost_or_poison' }]);
  });

  it('does not give up what moved on while it looked', async () => {
    const { stage, id } = await staged({ ...overdue, sweeps: 5 });
    const worker = stage.worker();
    const queue = Object.assign(Object.create(worker.queue) as typeof worker.queue, {
      depth: async () => {
        const start = {
          id,
          number: 1,
          startedAt: testStart,
          leaseUntil: after(1),
          worker: 'w',
          onUnknown: 'hold',
        } as const;
        await worker.notifications.startAttempt({ ...start, text: '', templateVersion: 1, wakeAt: after(minute) });
        return 0;
      },
    });
    expect(await sweep({ ...worker, queue })()).toBe(0);
    expect(stage.now(id).status).toBe('sending');
  });

  describe('a lane with more than a thousand ready envelopes', () => {
    const depths =
      (bulk: number, normal = 0) =>
      async (lane: string) =>
        lane === 'bulk' ? bulk : normal;
    const crowded = (stage: Stage, depth: (lane: string) => Promise<number>) => {
      const worker = stage.worker();
      return sweep({ ...worker, queue: Object.assign(Object.create(worker.queue) as typeof worker.queue, { depth }) });
    };

    it('is only late: nothing of it is lost', async () => {
      const { stage } = await staged({ ...overdue, lane: 'bulk' });
      expect(await crowded(stage, depths(1_001))()).toBe(0);
      expect(await crowded(stage, depths(1_000))()).toBe(1);
    });

    it('does not hide what is lost in the other', async () => {
      const bulk = Array.from({ length: 500 }, () => ({ lane: 'bulk', wakeAt: after(-2) }) as const);
      const { stage, kept } = await staged(...bulk, overdue);
      expect(await crowded(stage, depths(5_000))()).toBe(1);
      expect(stage.queue.take('normal')).toMatchObject({ notificationId: kept.at(-1)?.id });
    });

    it('stops the sweep when both are so', async () => {
      const { stage } = await staged(overdue, { ...overdue, lane: 'bulk' });
      expect(await crowded(stage, depths(2_000, 2_000))()).toBe(0);
    });
  });

  it('takes no more than five hundred at once', async () => {
    const { swept } = await staged(...Array.from({ length: 501 }, () => overdue));
    expect(await swept()).toBe(500);
    expect(await swept()).toBe(1);
  });

  it('takes nothing while the broker is away', async () => {
    const { stage, id, swept } = await staged(overdue);
    stage.queue.lost = true;
    await expect(swept()).rejects.toHaveProperty('code', brokerAway.code);
    expect(stage.now(id)).toMatchObject({ sweeps: 0, wakeAt: after(-1) });
  });
});
