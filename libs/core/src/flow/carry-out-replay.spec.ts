import {
  after,
  aFinishedAttempt,
  aNotification,
  aPolicy,
  aReplay,
  databaseAway,
  FakeClock,
  fixedRenderer,
  MemoryDesk,
  MemoryDispatchQueue,
  MemoryLog,
  MemoryReplayLog,
  MemoryReplays,
  MemorySettings,
  memoryStores,
  MemoryTemplates,
  RecordingReporter,
} from '@earlybird/testing';
import type { Notification } from '../notification/notification.js';
import type { Replay, ReplayCounts } from '../replay/replay.js';
import { noCounts } from '../replay/replay-count.js';
import { carryOutReplay } from './carry-out-replay.js';
import { countReplay } from './count-replay.js';
import { resendNotification } from './resend-notification.js';

const hour = 3_600_000;
const leaseMs = 30_000;

/** Failures of the last hour, and everything that a replay of them stands on; it is now. */
function stage() {
  const log = new MemoryLog();
  const clock = new FakeClock(after(hour));
  const settings = new MemorySettings();
  const reporter = new RecordingReporter();
  const replays = new MemoryReplays();
  let created = 0;
  const parts = {
    notifications: memoryStores(log).notifications,
    desk: new MemoryDesk(log),
    settings,
    templates: MemoryTemplates.seeded(),
    renderer: fixedRenderer,
    queue: new MemoryDispatchQueue(clock, 30_000),
    policy: aPolicy(),
    gate: { isHalted: async () => false },
    clock,
    reporter,
    replays,
    replayLog: new MemoryReplayLog(log),
    replayLeaseMs: leaseMs,
  };
  return {
    ...parts,
    log,
    parts,
    put: (some: Partial<Notification> = {}): string => {
      created += 1;
      const notification = aNotification({
        status: 'failed',
        statusReason: 'attempts_exhausted',
        attempts: [aFinishedAttempt({ outcome: 'deferred', reason: 'provider_error' })],
        createdAt: after(created * 1_000),
        recipient: { phone: `+9198765${String(10_000 + created)}`, userId: `cust_${created}` },
        ...some,
      });
      log.put(notification);
      return notification.id;
    },
    begin: async (some: Partial<Replay> = {}): Promise<Replay> => {
      const replay = aReplay({ createdAt: clock.now(), ...some });
      await replays.create(replay);
      return replay;
    },
    /** One worker's life, until the replay ends or the worker is told to stop. */
    work: async (worker = 'one', shallStop = () => false): Promise<void> => {
      const now = clock.now();
      const claim = { holder: worker, now, leaseUntil: after(leaseMs, now) };
      const claimed = await replays.claim(claim, []);
      if (claimed === undefined) throw new Error('there is no replay to carry out');
      await carryOutReplay({ ...parts, worker })(claimed, shallStop);
    },
    /** What was resent leaves at once, and comes to `status`. */
    dispatch: (status: Notification['status']): void => {
      for (const { id } of log.filter((one) => one.resendOf !== undefined && one.status === 'queued'))
        log.change(id, (known) => ({ ...known, status }));
    },
    successors: () => log.filter(({ resendOf }) => resendOf !== undefined),
  };
}

type Stage = ReturnType<typeof stage>;

/** Lets time go by until `work` has ended. */
async function through(clock: FakeClock, work: Promise<void>, each: () => void = () => undefined): Promise<void> {
  let running = true;
  const ended = work.finally(() => (running = false));
  ended.catch(() => undefined);
  for (let round = 0; running && round < 10_000; round += 1) {
    each();
    await clock.advance(100);
  }
  await ended;
}

const counts = (some: Partial<ReplayCounts>): ReplayCounts => ({ ...noCounts, ...some });

/** One notification of every fate. */
async function oneOfEach(some: Stage): Promise<void> {
  const { put, log, parts, settings, clock } = some;
  put();
  put({ status: 'delivered', statusTimes: { failed: after(1), delivered: after(2) } });
  put({ status: 'sent', statusTimes: { failed: after(1), sent: after(2) } });
  put({ resolved: { by: 'ravi', at: after(2), how: 'dismissed' } });
  put({ validUntil: clock.now() });
  put({ recipient: { phone: '+919876500001', userId: 'cust_off' } });
  settings.putPerson({ userId: 'cust_off', notificationsEnabled: false });
  put({ recipient: { userId: 'cust_nowhere' } });
  put({ context: { customer_name: 'John' } });
  const resend = resendNotification(parts);
  const resent = async (status: Notification['status']) => {
    const result = await resend({ id: put(), by: 'ravi', force: false });
    if (result.kind !== 'resent') throw new Error(result.kind);
    log.change(result.notification.id, (known) => ({ ...known, status }));
  };
  await resent('read');
  await resent('retrying');
  await resent('cancelled');
}

const ofEach = { delivered: 2, in_flight: 2, already_resent: 1, settled: 1, expired: 1, opted_out: 1, unreachable: 1 };

describe('a replay', () => {
  it('does with each exactly what a dry run has counted', async () => {
    const some = stage();
    await oneOfEach(some);
    const { filter } = await some.begin();
    const before = some.log.filter(() => true);
    const forecast = await countReplay(some.parts)(filter, 100);
    expect(forecast).toEqual({
      counts: counts({ ...ofEach, eligible: 1, invalid: 1 }),
      lookedAt: 11,
      isComplete: true,
    });
    expect(some.log.filter(() => true)).toEqual(before);
    await through(some.clock, some.work());
    const [replay] = await some.replays.list({ limit: 1 });
    expect(replay).toMatchObject({
      state: 'done',
      stateReason: 'everything_looked_at',
      progress: { total: 11, lookedAt: 11, counts: counts({ ...ofEach, resent: 1, invalid: 1 }) },
    });
    expect(replay).not.toHaveProperty('holder');
  });

  it('says on both by whom and by which replay, keeps the validity, and takes the bulk lane', async () => {
    const { put, begin, work, clock, log, successors } = stage();
    const id = put({ event: undefined as never, immediate: true });
    const replay = await begin();
    await through(clock, work());
    const [successor] = successors();
    const at = successor?.createdAt;
    const old = log.get(id);
    expect(successor).toMatchObject({
      resendOf: id,
      replay: replay.id,
      lane: 'bulk',
      immediate: false,
      validUntil: old?.validUntil,
      status: 'queued',
    });
    expect(old).toMatchObject({
      resentAs: successor?.id,
      resolved: { by: 'asha', at, how: 'resent' },
      adminActions: [{ at, by: 'asha', action: 'resent', replay: replay.id }],
    });
  });

  it.each([
    ['provider_error', 1],
    ['bad_number', 2],
    ['failed_receipt 131026', 1],
    ['nothing_of_the_kind', 0],
  ])('of the cause %s resends those of that cause alone', async (cause, resent) => {
    const { put, begin, work, clock, replays } = stage();
    const refused = {
      statusReason: 'bad_number',
      attempts: [aFinishedAttempt({ outcome: 'refused', reason: 'bad_number' })],
    };
    put();
    put(refused);
    put(refused);
    put({
      statusReason: 'failed_receipt',
      receipts: [{ status: 'failed', at: after(1), receivedAt: after(1), errorCode: '131026' }],
    });
    const arrived = { status: 'read', statusTimes: { failed: after(1), read: after(2) } } as const;
    const { statusReason: _gone, ...rest } = refused;
    put({ ...rest, ...arrived });
    const { id, filter } = aReplay({ createdAt: clock.now() });
    await begin({ id, filter: { ...filter, cause } });
    await through(clock, work());
    const delivered = cause === 'bad_number' ? 1 : 0;
    expect((await replays.find(id))?.progress).toMatchObject({ lookedAt: 5, counts: counts({ resent, delivered }) });
  });

  it('of what was perhaps sent does not touch what a receipt has settled meanwhile', async () => {
    const { put, begin, work, clock, replays, desk, log } = stage();
    const id = put({ status: 'unknown', statusReason: 'timeout' });
    put({ status: 'unknown', statusReason: 'timeout' });
    put({ status: 'failed', statusTimes: { unknown: after(1), failed: after(2) } });
    const claimResend = desk.claimResend.bind(desk);
    desk.claimResend = async (claim) => {
      log.change(id, (known) => ({ ...known, status: 'delivered' }));
      return claimResend(claim);
    };
    const { filter } = aReplay({ createdAt: clock.now() });
    const replay = await begin({ filter: { ...filter, status: 'unknown' } });
    await through(clock, work());
    expect((await replays.find(replay.id))?.progress?.counts).toEqual(counts({ resent: 1, delivered: 1, settled: 1 }));
  });

  it('makes no second one while 30 single resends run beside it', async () => {
    const { parts, put, begin, work, clock, successors } = stage();
    const ids = Array.from({ length: 30 }, () => put());
    await begin({ pace: { ratePerSecond: 200, mostFailedPercent: 100, leastOutcomes: 1 } });
    const resend = resendNotification(parts);
    const singles = ids.map((id) => resend({ id, by: 'ravi', force: false }));
    await through(clock, work());
    await Promise.all(singles);
    expect(
      successors()
        .map(({ resendOf }) => resendOf)
        .sort(),
    ).toEqual([...ids].sort());
  });

  it.each([1, 7, 50])('keeps to %d a second', async (ratePerSecond) => {
    const some = stage();
    for (let count = 0; count < 3 * ratePerSecond; count += 1) some.put();
    await some.begin({ pace: { ratePerSecond, mostFailedPercent: 100, leastOutcomes: 1 } });
    const startedAt = some.clock.now().getTime();
    await through(some.clock, some.work(), () => some.dispatch('sent'));
    const times = some.successors().map(({ createdAt }) => createdAt.getTime() - startedAt);
    for (const second of [0, 1_000, 2_000]) {
      const inSecond = times.filter((time) => time >= second && time < second + 1_000).length;
      expect(inSecond).toBeGreaterThanOrEqual(ratePerSecond * 0.7);
      expect(inSecond).toBeLessThanOrEqual(ratePerSecond * 1.3);
    }
  });

  it('stops when too much of what it resent fails, and not before enough has come to something', async () => {
    const some = stage();
    for (let count = 0; count < 100; count += 1) some.put();
    const replay = await some.begin({ pace: { ratePerSecond: 10, mostFailedPercent: 30, leastOutcomes: 20 } });
    await through(some.clock, some.work(), () => some.dispatch('retrying'));
    expect(await some.replays.find(replay.id)).toMatchObject({ state: 'stopped', stateReason: 'too_many_failures' });
    expect(some.successors().length).toBeGreaterThanOrEqual(20);
    expect(some.successors().length).toBeLessThanOrEqual(40);
    expect(some.reporter.of('replay_ended')).toMatchObject([{ result: 'stopped', count: some.successors().length }]);
  });

  it('notices trouble that begins late', async () => {
    const some = stage();
    for (let count = 0; count < 800; count += 1) some.put();
    await some.begin({ pace: { ratePerSecond: 50, mostFailedPercent: 30, leastOutcomes: 20 } });
    await through(some.clock, some.work(), () => some.dispatch(some.successors().length < 400 ? 'sent' : 'failed'));
    expect(some.successors().length).toBeLessThan(650);
  });

  it('waits, with a sign of life, while what it resent is still queued, and goes on', async () => {
    const some = stage();
    for (let count = 0; count < 60; count += 1) some.put();
    const replay = await some.begin();
    const work = some.work();
    await some.clock.advance(60_000);
    const waiting = await some.replays.find(replay.id);
    expect(some.successors().length).toBeLessThanOrEqual(60);
    expect(waiting?.progress?.waitingFor).toBe('dispatch');
    expect(Number(waiting?.leaseUntil)).toBeGreaterThan(some.clock.now().getTime());
    await through(some.clock, work, () => some.dispatch('sent'));
    expect(await some.replays.find(replay.id)).toMatchObject({ state: 'done', progress: { lookedAt: 60 } });
  });

  it('waits while the provider is halted', async () => {
    const some = stage();
    some.put();
    const replay = await some.begin();
    some.parts.gate.isHalted = async () => true;
    const work = some.work();
    await some.clock.advance(5_000);
    expect((await some.replays.find(replay.id))?.progress?.waitingFor).toBe('provider');
    expect(some.successors()).toEqual([]);
    some.parts.gate.isHalted = async () => false;
    await through(some.clock, work);
    expect(some.successors()).toHaveLength(1);
  });

  it('ends where a person cancels it', async () => {
    const some = stage();
    for (let count = 0; count < 20; count += 1) some.put();
    const { id } = await some.begin({ pace: { ratePerSecond: 1, mostFailedPercent: 100, leastOutcomes: 1 } });
    const work = some.work();
    await some.clock.advance(2_500);
    await some.replays.end({ id, state: 'cancelled', reason: 'by_admin', at: some.clock.now(), by: 'asha' });
    const resent = some.successors().length;
    await through(some.clock, work);
    expect(some.successors().length).toBeLessThanOrEqual(resent + 1);
    expect(some.reporter.of('replay_ended')).toEqual([]);
  });

  it('is given back when its worker shall stop, and goes on from there', async () => {
    const some = stage();
    for (let count = 0; count < 20; count += 1) some.put();
    const { id } = await some.begin();
    let stopping = false;
    const first = some.work('one', () => stopping);
    await some.clock.advance(500);
    stopping = true;
    await through(some.clock, first);
    const given = await some.replays.find(id);
    expect(given).not.toHaveProperty('holder');
    expect(given?.progress?.lookedAt).toBeGreaterThan(0);
    await through(some.clock, some.work('other'));
    expect((await some.replays.find(id))?.progress).toMatchObject({ lookedAt: 20, counts: counts({ resent: 20 }) });
    expect(some.reporter.of('replay_taken').map(({ worker }) => worker)).toEqual(['one', 'other']);
  });

  it.each([0, 1, 2, 3, 5, 8, 13])('counts and resends each once when a crash comes at write %d', async (lostWrite) => {
    const some = stage();
    const ids = Array.from({ length: 12 }, () => some.put());
    const { id } = await some.begin();
    let writes = 0;
    const crashing =
      <Arguments extends readonly unknown[], Result>(write: (...all: Arguments) => Promise<Result>) =>
      async (...all: Arguments): Promise<Result> => {
        writes += 1;
        if (writes > lostWrite) throw databaseAway;
        return write(...all);
      };
    const { parts } = some;
    const dying = {
      ...parts,
      worker: 'one',
      desk: { claimResend: crashing(parts.desk.claimResend.bind(parts.desk)) },
      notifications: {
        ...memoryStores(some.log).notifications,
        find: parts.notifications.find.bind(parts.notifications),
        create: crashing(parts.notifications.create.bind(parts.notifications)),
      } as typeof parts.notifications,
      replays: Object.assign(Object.create(parts.replays) as MemoryReplays, {
        advance: crashing(parts.replays.advance.bind(parts.replays)),
      }),
    };
    const now = some.clock.now();
    const claimed = await some.replays.claim({ holder: 'one', now, leaseUntil: after(leaseMs, now) }, []);
    if (claimed === undefined) throw new Error('nothing to carry out');
    await expect(
      through(
        some.clock,
        carryOutReplay(dying)(claimed, () => false),
      ),
    ).rejects.toThrow();
    await some.clock.advance(leaseMs);
    await through(some.clock, some.work('other'));
    expect(
      some
        .successors()
        .map(({ resendOf }) => resendOf)
        .sort(),
    ).toEqual([...ids].sort());
    expect((await some.replays.find(id))?.progress).toMatchObject({ lookedAt: 12, counts: counts({ resent: 12 }) });
  });

  it('leaves alone what it has made itself', async () => {
    const some = stage();
    some.put();
    await some.begin();
    await through(some.clock, some.work());
    some.dispatch('failed');
    const [made] = some.successors();
    some.log.change(made?.id ?? '', (known) => ({ ...known, statusTimes: { failed: some.clock.now() } }));
    const { filter } = aReplay({ createdAt: after(1, made?.createdAt) });
    expect((await countReplay(some.parts)(filter, 10)).counts).toEqual(counts({ eligible: 1, already_resent: 1 }));
    expect((await countReplay(some.parts)({ ...filter, to: made?.createdAt ?? after(0) }, 10)).counts).toEqual(
      counts({ already_resent: 1 }),
    );
  });

  it('is counted up to a bound, and says when there is more', async () => {
    const some = stage();
    for (let count = 0; count < 5; count += 1) some.put();
    const { filter } = aReplay({ createdAt: some.clock.now() });
    expect(await countReplay(some.parts)(filter, 4)).toMatchObject({ lookedAt: 4, isComplete: false });
    expect(await countReplay(some.parts)(filter, 5)).toMatchObject({ lookedAt: 5, isComplete: true });
  });
});
