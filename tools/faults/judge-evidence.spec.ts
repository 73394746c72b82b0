import { anAttempt, aFinishedAttempt, aNotification, type RecordedNotification } from '@earlybird/testing';
import type { Evidence, Strike } from './evidence.js';
import type { Fate, PlannedEvent } from './event-plan.js';
import { judgeEvidence } from './judge-evidence.js';

const start = new Date('2026-02-01T06:00:00Z');
const after = (ms: number) => new Date(start.getTime() + ms);

function planned(id: string, fate: Fate = 'told'): PlannedEvent {
  return { id, fate, type: 'order.created', copies: 1, at: () => ({}) as never };
}

function recorded(id: string, change: Partial<RecordedNotification> = {}): RecordedNotification {
  const { id: _id, ...rest } = aNotification({
    id: `msg_${id}`,
    event: { type: 'order.created', source: '/services/orders', id },
  });
  const attempts = [aFinishedAttempt({ number: 1, outcome: 'accepted', counted: true })];
  return { ...rest, _id, status: 'read', attempts, ...change };
}

const delivery = (id: string, attempt = 1) => ({
  kind: 'delivery' as const,
  request: `${id}-${attempt}`,
  at: start.toISOString(),
  notificationId: `msg_${id}`,
  attempt: String(attempt),
});

const strike: Strike = {
  fault: 'worker',
  victim: 'worker 1',
  from: start.getTime(),
  until: start.getTime() + 10,
  backAt: start.getTime() + 500,
  recoveredAt: start.getTime() + 2_000,
  openRequests: 1,
  receiptsToCome: 1,
  attached: true,
};

/** One event that was told once: nothing to complain of. */
function evidence(change: Partial<Evidence> = {}): Evidence {
  return {
    planned: [planned('e1')],
    published: [{ id: 'e1', firstConfirmedAt: start.getTime(), copies: 1 }],
    strikes: [],
    notifications: [recorded('e1')],
    parkedEvents: [],
    journal: [delivery('e1')],
    deadDispatches: [],
    deadEvents: [],
    deadReceipts: [],
    unsettled: {},
    crashes: [],
    unhandled: [],
    memory: [],
    maxAttempts: 3,
    retryDelayMs: 500,
    receipts: true,
    ...change,
  };
}

const broken = (found: Evidence) =>
  judgeEvidence(found)
    .findings.filter(({ kept }) => !kept)
    .map(({ promise }) => promise);

/** An attempt that the strike has caught, and whose answer nobody saw. */
const caught = anAttempt({
  number: 1,
  startedAt: after(-50),
  finishedAt: after(7_000),
  outcome: 'unknown',
  counted: true,
  onUnknown: 'resend',
});
const second = aFinishedAttempt({ number: 2, startedAt: after(8_000), outcome: 'accepted', counted: true });

describe('judging a run', () => {
  it('finds a rejection that nobody handled', () => {
    expect(broken(evidence({ unhandled: ['worker 1: unhandled rejection'] }))).toEqual([
      'no rejection goes unhandled, no listener leaks',
    ]);
  });

  describe('of memory', () => {
    const promise = 'memory, garbage collected, ends at no more than 1.2 × that after warm-up';
    const everySeconds = 30;
    /** A process that takes so much at each look of its life. */
    const life = (seconds: number, rssMb: (second: number) => number, pid = 1, from = 0) =>
      Array.from({ length: seconds / everySeconds + 1 }, (_, look) => look * everySeconds).map((second) => ({
        process: 'worker 1',
        pid,
        at: start.getTime() + (from + second) * 1_000,
        rssMb: rssMb(second),
      }));

    it('finds that it has grown by more than a fifth since the warm-up', () => {
      expect(broken(evidence({ memory: life(180, (second) => 100 + second / 2) }))).toEqual([promise]);
      expect(broken(evidence({ memory: life(180, (second) => 100 + second / 8) }))).toEqual([]);
      expect(judgeEvidence(evidence({ memory: life(120, () => 100) })).memory).toEqual([
        { process: 'worker 1', warmMb: 100, endMb: 100 },
      ]);
    });

    it('does not mind growth during the warm-up', () => {
      expect(broken(evidence({ memory: life(120, (second) => (second < 60 ? 50 : 100)) }))).toEqual([]);
    });

    it('compares the longest life with itself, and leaves out one that is too short', () => {
      const lives = [...life(150, () => 50), ...life(120, () => 100, 2, 180)];
      expect(broken(evidence({ memory: lives }))).toEqual([]);
      expect(judgeEvidence(evidence({ memory: life(90, () => 100) })).memory).toEqual([]);
    });
  });

  it('finds nothing where every promise was kept', () => {
    expect(broken(evidence())).toEqual([]);
  });

  it('finds an event that was confirmed and is nowhere', () => {
    expect(broken(evidence({ notifications: [], journal: [] }))).toContain('no event is lost');
  });

  it('finds an event that the broker never confirmed', () => {
    expect(broken(evidence({ published: [] }))).toContain('no event is lost');
  });

  it('finds a message that is called read and never reached the provider', () => {
    expect(broken(evidence({ journal: [] }))).toContain('no event is lost');
  });

  it('finds invalid input that was not set aside', () => {
    expect(broken(evidence({ planned: [planned('e1', 'invalid')], notifications: [], journal: [] }))).toContain(
      'no event is lost',
    );
  });

  it('finds a message that was sent twice without a doubt on record', () => {
    const twice = evidence({ journal: [delivery('e1'), delivery('e1', 2)] });
    expect(broken(twice)).toContain('nothing is sent twice without a doubt on record');
  });

  it('finds two notifications for one event', () => {
    const other = { ...recorded('e1'), _id: 'msg_other' };
    const journal = [delivery('e1'), { ...delivery('e1'), notificationId: 'msg_other' }];
    expect(broken(evidence({ notifications: [recorded('e1'), other], journal }))).toContain(
      'nothing is sent twice without a doubt on record',
    );
  });

  it('takes a resend after a kill for what the rules ask for, and no more', () => {
    const resent = evidence({
      strikes: [strike],
      notifications: [recorded('e1', { attempts: [caught, second] })],
      journal: [delivery('e1'), delivery('e1', 2)],
    });
    expect(broken(resent)).toEqual([]);
    expect(judgeEvidence(resent).doubles.byRule).toMatchObject([{ event: 'e1', why: 'open at a kill' }]);
    expect(broken({ ...resent, onUnknown: 'hold' })).toEqual(['under hold nothing is sent twice']);
    expect(broken({ ...resent, strikes: [] })).not.toEqual([]);
  });

  it('finds an attempt that was two requests', () => {
    const arrival = { ...delivery('e1'), kind: 'arrival' as const };
    expect(broken(evidence({ journal: [delivery('e1'), arrival, arrival] }))).toEqual([
      'no attempt beyond the limit, none made twice',
    ]);
  });

  it('takes the probes after two outages for no attempt', () => {
    const probe = { kind: 'arrival' as const, request: 'p-1', at: start.toISOString() };
    expect(broken(evidence({ journal: [delivery('e1'), probe, { ...probe, request: 'p-2' }] }))).toEqual([]);
  });

  it('finds attempts beyond the limit', () => {
    const attempts = [1, 2, 3, 4].map((number) => aFinishedAttempt({ number, outcome: 'accepted', counted: true }));
    expect(broken(evidence({ notifications: [recorded('e1', { attempts })] }))).toContain(
      'no attempt beyond the limit, none made twice',
    );
  });

  it.each<[Fate, RecordedNotification['status']]>([
    ['told', 'failed'],
    ['refused', 'read'],
    ['always_deferred', 'unknown'],
    ['suppressed', 'read'],
    ['expired', 'read'],
  ])('finds one that is %s and ended %s', (fate, status) => {
    const wrong = evidence({ planned: [planned('e1', fate)], notifications: [recorded('e1', { status })] });
    expect(broken(wrong)).toContain('every notification ends as it should');
  });

  it('finds an attempt that an outage has used up', () => {
    const wasted = aFinishedAttempt({ number: 1, outcome: 'deferred', counted: true });
    expect(broken(evidence({ notifications: [recorded('e1', { attempts: [wasted, second] })] }))).toContain(
      'an outage costs no attempt',
    );
  });

  it('finds one that is failed and not set aside, and one set aside that is not failed', () => {
    const exhausted = recorded('e1', { status: 'failed', statusReason: 'attempts_exhausted' });
    const promise = 'the exhausted are set aside, and nobody else';
    expect(broken(evidence({ planned: [planned('e1', 'always_deferred')], notifications: [exhausted] }))).toEqual([
      promise,
    ]);
    const lying = { headers: { 'x-notification-id': 'msg_e1' }, body: '{}' };
    expect(broken(evidence({ deadDispatches: [lying] }))).toEqual([promise]);
  });

  it('finds a receipt that was not recorded', () => {
    expect(broken(evidence({ notifications: [recorded('e1', { status: 'sent' })] }))).toEqual([
      'every receipt is recorded',
    ]);
  });

  it('does not ask for a receipt that the provider forgot when it was killed, and for no more than it had in hand', () => {
    const kill = {
      ...strike,
      fault: 'simulator' as const,
      from: start.getTime() + 1_000,
      until: start.getTime() + 1_010,
    };
    const sent = (id: string) => recorded(id, { status: 'sent' });
    const forgetting = (strikes: readonly Strike[], ids = ['e1']) =>
      broken(
        evidence({
          strikes,
          planned: ids.map((id) => planned(id)),
          published: ids.map((id) => ({ id, firstConfirmedAt: start.getTime(), copies: 1 })),
          notifications: ids.map(sent),
          journal: ids.map((id) => delivery(id)),
        }),
      );
    const promise = 'every receipt is recorded';
    expect(forgetting([kill])).toEqual([]);
    expect(forgetting([{ ...kill, fault: 'api' }])).toEqual([promise]);
    expect(forgetting([kill], ['e1', 'e2'])).toEqual([promise]);
    expect(forgetting([{ ...kill, from: kill.from + 15_000, until: kill.until + 15_000 }])).toEqual([promise]);
  });

  it('finds consumers that did not come back, or too late', () => {
    const promise = 'every consumer is attached again';
    expect(broken(evidence({ strikes: [{ ...strike, attached: false }] }))).toEqual([promise]);
    const late = { ...strike, fault: 'broker' as const, recoveredAt: strike.backAt + 10_001 };
    expect(broken(evidence({ strikes: [late] }))).toEqual([promise]);
  });

  it('finds a retry that came too early or too late', () => {
    const first = aFinishedAttempt({
      number: 1,
      startedAt: start,
      finishedAt: after(10),
      outcome: 'unknown',
      counted: true,
    });
    const next = (ms: number) =>
      aFinishedAttempt({ number: 2, startedAt: after(10 + ms), outcome: 'accepted', counted: true });
    const retried = (ms: number) =>
      evidence({
        planned: [planned('e1', 'twice_deferred')],
        notifications: [recorded('e1', { attempts: [first, next(ms)] })],
      });
    const promise = 'retries come when they were asked for, ± 1 s';
    expect(broken(retried(600))).toEqual([]);
    expect(broken(retried(1_600))).toEqual([promise]);
  });

  it('finds a process that ended by itself', () => {
    expect(broken(evidence({ crashes: ['worker 1'] }))).toEqual(['no process ends by itself']);
  });

  it('says what it waited for in vain', () => {
    const { findings } = judgeEvidence(evidence({ unrest: 'events not on record: 2' }));
    expect(findings.filter(({ kept }) => !kept)).toEqual([
      {
        promise: 'everything has come to an end',
        kept: false,
        seen: 'not in time',
        offenders: ['events not on record: 2'],
      },
    ]);
  });
});
